package dev.millrace.perf.direct;

import dev.millrace.persistence.DatabaseUrl;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Writes executions once they have ended, a few milliseconds of them at a time, with one insert of
 * many rows a table; nobody waits for it. One an event loop, used there only.
 */
final class BufferedRecorder implements Recorder {
  private static final long GATHER_MILLIS = 5;
  private static final int MOST = 10_000;

  private final Vertx vertx;
  private final SqlClient client;
  private List<ExecutionRows> ended = new ArrayList<>();
  private boolean writing;

  BufferedRecorder(Vertx vertx, DatabaseUrl database) {
    this.vertx = vertx;
    this.client =
        PgBuilder.client()
            .using(vertx)
            .connectingTo(database.options().setCachePreparedStatements(true))
            .with(new PoolOptions().setMaxSize(1))
            .build();
  }

  @Override
  public Recording begin(String workflow, JsonObject input) {
    ExecutionRows rows = new ExecutionRows(workflow, input);
    return new Recording() {
      @Override
      public Future<JsonObject> call(
          Step step, Supplier<JsonObject> taskInput, Supplier<Future<JsonObject>> call) {
        JsonObject sent = taskInput.get();
        var startedAt = ExecutionRows.now();
        return call.get().onSuccess(answer -> rows.add(step, sent, answer, startedAt));
      }

      @Override
      public Future<JsonObject> end(Future<JsonObject> output) {
        return output.onSuccess(
            result -> {
              rows.end(result);
              write(rows);
            });
      }
    };
  }

  private void write(ExecutionRows rows) {
    if (ended.size() >= MOST) {
      throw new IllegalStateException("the database is too slow for this load");
    }
    ended.add(rows);
    if (!writing) {
      writing = true;
      vertx.setTimer(GATHER_MILLIS, timer -> send());
    }
  }

  private void send() {
    List<ExecutionRows> batch = ended;
    ended = new ArrayList<>();
    Future.all(
            client
                .preparedQuery(RowColumns.INSERT_EXECUTIONS)
                .execute(RowColumns.executions(batch, "Buffered")),
            client.preparedQuery(RowColumns.INSERT_TASKS).execute(RowColumns.tasks(batch)))
        .onComplete(
            written -> {
              if (written.failed()) {
                System.err.println("executions were not written: " + written.cause().getMessage());
              }
              writing = false;
              if (!ended.isEmpty()) {
                writing = true;
                vertx.setTimer(GATHER_MILLIS, timer -> send());
              }
            });
  }
}
