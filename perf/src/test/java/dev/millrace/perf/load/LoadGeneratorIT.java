package dev.millrace.perf.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Open loops against servers that answer at once, late, or with a failure. */
@Timeout(60)
class LoadGeneratorIT {
  @TempDir Path directory;

  private final AtomicInteger requests = new AtomicInteger();
  private Vertx generator;
  private Vertx vertx;
  private Path body;

  @BeforeEach
  void start() throws Exception {
    generator = Vertx.vertx();
    vertx = Vertx.vertx();
    body = Files.writeString(directory.resolve("body.json"), "{\"a\":1}");
  }

  @AfterEach
  void close() throws Exception {
    await(generator.close());
    await(vertx.close());
  }

  @Test
  void sendsExactlyWhatIsDue() throws Exception {
    int port = server(0, 200);

    LoadReport report = LoadGenerator.run(generator, order(port, 500, 2, 64));

    assertThat(report.answered().count()).isEqualTo(1_000);
    assertThat(requests).hasValue(1_000);
    assertThat(report.late().count() + report.held()).isEqualTo(1_000);
    assertThat(report.unsent()).isZero();
    assertThat(report.seconds()).isBetween(1.9, 10.0);
  }

  /** Coordinated omission: the wait for a free place belongs to the answer's time. */
  @Test
  void countsTheTimeThatARequestWasHeldBack() throws Exception {
    int port = server(100, 200);

    LoadReport report = LoadGenerator.run(generator, order(port, 40, 1, 2));

    assertThat(report.answered().count()).isEqualTo(40);
    assertThat(report.held()).isGreaterThan(30);
    // 40 calls of 0.1 s, two at a time, take 2 s instead of 1 s: the last ones are a second late
    assertThat(report.answered().longest()).isGreaterThan(800);
  }

  @Test
  void tellsRefusalsFromAnswers() throws Exception {
    int port = server(0, 503);

    LoadReport report = LoadGenerator.run(generator, order(port, 100, 1, 8));

    assertThat(report.answered().count()).isZero();
    assertThat(report.refused().count()).isEqualTo(100);
    assertThat(report.failed()).isZero();
  }

  private LoadGenerator.Order order(int port, int rate, int seconds, int mostInFlight) {
    return new LoadGenerator.Order(port, "/", body.toString(), rate, seconds, mostInFlight);
  }

  private int server(long delayMillis, int status) throws Exception {
    return await(
            vertx
                .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .requestHandler(
                    request -> {
                      requests.incrementAndGet();
                      var response = request.response().setStatusCode(status);
                      if (delayMillis == 0) {
                        response.end("{}");
                      } else {
                        vertx.setTimer(delayMillis, timer -> response.end("{}"));
                      }
                    })
                .listen())
        .actualPort();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
