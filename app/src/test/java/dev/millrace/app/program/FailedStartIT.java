package dev.millrace.app.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.app.settings.Settings;
import dev.millrace.app.settings.SettingsReader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A start that fails leaves nothing running, though its steps run side by side. */
@Timeout(60)
class FailedStartIT {

  @TempDir Path data;

  private Settings settings;
  private Vertx vertx;

  @BeforeEach
  void prepare() throws Exception {
    settings =
        SettingsReader.read(
                null, Map.of(), Map.of("--http-port", "0", "--data-dir", data.toString()))
            .settings();
    vertx = VertxFactory.create(settings.run());
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @Test
  void theDatabaseIsStoppedWhenDefinitionsCannotBeRead() throws Exception {
    Path noDirectory = Files.createFile(data.resolve("definitions"));

    Future<GatewayProgram> start = GatewayProgram.start(settings, vertx, noDirectory);

    assertThatThrownBy(() -> await(start)).hasMessageContaining("is not a directory");
    assertThat(data.resolve("postgresql")).isDirectory();
    assertThat(data.resolve("postgresql/postmaster.pid")).doesNotExist();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
