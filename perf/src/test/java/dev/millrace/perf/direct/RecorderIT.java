package dev.millrace.perf.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.journal.ExecutionQuery;
import dev.millrace.engine.journal.ExecutionRecord;
import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.journal.TaskRecord;
import dev.millrace.perf.upstream.PerfUpstream;
import dev.millrace.persistence.Database;
import dev.millrace.persistence.DatabaseOptions;
import dev.millrace.persistence.EmbeddedDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The baselines write the rows that the product would have written. */
class RecorderIT {
  private static final JsonObject INPUT =
      new JsonObject().put("userId", "42").put("sku", "item-7").put("quantity", 2);

  @TempDir Path directory;

  @Test
  void bothModesKeepWholeExecutions() throws Exception {
    Vertx upstream = Vertx.vertx();
    Vertx vertx = Vertx.vertx();
    try (EmbeddedDatabase server = EmbeddedDatabase.start(directory)) {
      Database database = get(Database.open(vertx, server.url(), DatabaseOptions.DEFAULT));
      int upstreamPort = get(PerfUpstream.start(upstream, 0, Duration.ZERO, 1));
      int recorded = 0;
      for (Recorder.Mode mode :
          new Recorder.Mode[] {Recorder.Mode.BUFFERED, Recorder.Mode.DURABLE}) {
        int port =
            get(
                DirectComposition.start(
                    vertx, 0, upstreamPort, 1, loop -> Recorder.of(mode, loop, server.url())));
        JsonObject answer =
            get(WebClient.create(vertx)
                    .post(port, "127.0.0.1", "/api/v1/workflows/chain3/execute")
                    .sendJsonObject(INPUT))
                .bodyAsJsonObject();
        int expected = ++recorded;
        ExecutionQuery newest = ExecutionQuery.newest("default", "chain3");
        await().until(() -> get(database.history().list(newest)).total() == expected);
        String id = get(database.history().list(newest)).items().get(0).executionId();
        ExecutionRecord execution = get(database.history().find(id)).orElseThrow();

        assertThat(execution.summary().status()).isEqualTo(ExecutionStatus.Succeeded);
        assertThat(execution.summary().endedAt()).isGreaterThan(execution.summary().startedAt());
        assertThat(execution.input().toString()).isEqualTo(INPUT.encode());
        assertThat(execution.output().toString())
            .isEqualTo(answer.getJsonObject("output").encode());
        assertThat(execution.tasks())
            .extracting(TaskRecord::taskId)
            .containsExactly("user", "order", "shipment");
        assertThat(execution.tasks()).allMatch(task -> task.attempts().size() == 1);
      }
      get(database.close());
    }
    get(vertx.close());
    get(upstream.close());
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
