package dev.millrace.persistence;

import dev.millrace.engine.journal.ControlRequest;
import dev.millrace.engine.journal.ExecutionSignals;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals between gateways that share a database; one for the process, owned by {@link Database};
 * the listener is called on the context that this was made on.
 *
 * <p>A request is written to the execution's row, and its owner is woken by NOTIFY. A wake-up that
 * nobody heard does no harm: the rows are looked at again whenever the connection comes back, and
 * from time to time.
 */
public final class PostgresSignals implements ExecutionSignals {
  private static final Logger log = LoggerFactory.getLogger(PostgresSignals.class);
  private static final String CHANNEL = "millrace_control";

  /** A cancellation is not taken back by a later pause. */
  private static final String REQUEST =
      """
      with asked as (
        update execution set requested = case when requested = 'Cancel' then requested else $2 end
        where id = $1 and status = 'Running'
        returning id, owner, requested
      ), woken as (
        select pg_notify('millrace_control', owner || ' ' || id || ' ' || requested) from asked
      )
      select count(*) from woken
      """;

  private static final String OPEN_REQUESTS =
      "select id, requested from execution where owner = $1 and status = 'Running' and requested is not null";

  private final Pool pool;
  private final Leases leases;
  private final SignalConnection connection;
  private volatile BiConsumer<String, ControlRequest> listener = (executionId, request) -> {};

  /**
   * Hears nothing before {@link #start}.
   *
   * @param limit how long connecting may take
   */
  PostgresSignals(
      Vertx vertx,
      Pool pool,
      PgConnectOptions options,
      ServerSilence silence,
      Duration limit,
      Leases leases) {
    this.pool = pool;
    this.leases = leases;
    this.connection =
        new SignalConnection(
            vertx, options, silence, limit, CHANNEL, this::notified, this::recheck);
  }

  /** Begins to listen. */
  Future<Void> start() {
    return connection.open();
  }

  /** Keeps the connection that listens in use. */
  void keepAlive() {
    connection.keepAlive();
  }

  @Override
  public Future<Boolean> request(String executionId, ControlRequest request) {
    UUID id = PostgresHistory.idOrNull(executionId);
    if (id == null) {
      return Future.succeededFuture(false);
    }
    return pool.preparedQuery(REQUEST)
        .execute(Tuple.of(id, request.name()))
        .map(rows -> rows.iterator().next().getLong(0) > 0)
        .recover(Unavailable::orFault);
  }

  @Override
  public void onRequest(BiConsumer<String, ControlRequest> next) {
    listener = Objects.requireNonNull(next);
  }

  /** Tells every open request again. */
  Future<Void> recheck() {
    return pool.preparedQuery(OPEN_REQUESTS)
        .execute(Tuple.of(leases.owner()))
        .onSuccess(
            rows -> {
              for (Row row : rows) {
                listener.accept(
                    row.getUUID("id").toString(),
                    ControlRequest.valueOf(row.getString("requested")));
              }
            })
        .onFailure(
            failure ->
                log.atWarn()
                    .addKeyValue("cause", failure.getMessage())
                    .log("Requests to this gateway could not be read and will be read again"))
        .mapEmpty();
  }

  private void notified(String payload) {
    String[] parts = payload.split(" ", -1);
    if (parts.length == 3 && parts[0].equals(leases.owner().toString())) {
      for (ControlRequest request : ControlRequest.values()) {
        if (request.name().equals(parts[2])) {
          listener.accept(parts[1], request);
        }
      }
    }
  }

  Future<Void> close() {
    return connection.close();
  }
}
