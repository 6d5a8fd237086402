package dev.millrace.perf.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.journal.ExecutionQuery;
import dev.millrace.engine.journal.ExecutionRecord;
import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.persistence.Database;
import dev.millrace.persistence.DatabaseOptions;
import dev.millrace.persistence.EmbeddedDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What is seeded must be what the product would have written, or the figures mean nothing. */
class SeedHistoryIT {
  @TempDir Path directory;

  @Test
  void theProductReadsWhatWasSeeded() throws Exception {
    Vertx vertx = Vertx.vertx();
    try (EmbeddedDatabase server = EmbeddedDatabase.start(directory)) {
      HistorySeed seed = new HistorySeed(server.url(), line -> {});
      assertThat(seed.found()).isEmpty();
      SeededHistory history = SeededHistory.until(Instant.now(), 2_000, 3, 4, 2);
      seed.fill(history, 3);
      assertThat(seed.found()).contains(history);
      Database database =
          await(
              Database.open(
                  vertx, server.url(), DatabaseOptions.DEFAULT.withRetention(Duration.ofDays(30))));

      ExecutionRecord execution = await(database.history().find(history.id(1_234))).orElseThrow();
      assertThat(execution.summary().startedAt()).isEqualTo(history.startedAt(1_234));
      assertThat(execution.summary().workflow()).isEqualTo(history.workflow(1_234));
      assertThat(execution.tasks()).hasSize(2);
      assertThat(execution.tasks().get(1).attempts()).hasSize(1);
      ExecutionQuery query = ExecutionQuery.newest("default", "workflow-1");
      assertThat(await(database.history().list(query)).total()).isEqualTo(500);
      assertThat(await(database.history().list(failed())).total()).isEqualTo(2);
      assertThat(await(database.durations().recent("default", "workflow-1")).task("task-1"))
          .hasSize(200);
      await(database.close());
    }
    await(vertx.close());

    assertThat(
            new CommandLine(new SeedHistory())
                .execute("--data-dir", directory.toString(), "--seconds", "0"))
        .isZero();
  }

  private static ExecutionQuery failed() {
    return new ExecutionQuery(
        "default", "workflow-1", ExecutionStatus.Failed, Long.MIN_VALUE, Long.MAX_VALUE, 0, 10);
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
