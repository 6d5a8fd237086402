package dev.millrace.persistence;

import dev.millrace.engine.journal.ControlRequest;
import dev.millrace.engine.journal.ExecutionSignals;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.pubsub.PgChannel;
import io.vertx.pgclient.pubsub.PgSubscriber;
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
  private static final Duration LONGEST_RECONNECT_DELAY = Duration.ofSeconds(2);

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
  private final PgSubscriber subscriber;
  private volatile BiConsumer<String, ControlRequest> listener = (executionId, request) -> {};

  PostgresSignals(Vertx vertx, Pool pool, PgConnectOptions options, Leases leases) {
    this.pool = pool;
    this.leases = leases;
    this.subscriber = PgSubscriber.subscriber(vertx, options);
  }

  /** Begins to listen. */
  Future<Void> start() {
    subscriber.reconnectPolicy(
        retries -> Math.min(50L << Math.min(retries, 10), LONGEST_RECONNECT_DELAY.toMillis()));
    PgChannel channel = subscriber.channel(CHANNEL);
    channel.subscribeHandler(subscribed -> recheck());
    channel.handler(this::notified);
    return subscriber.connect();
  }

  @Override
  public Future<Boolean> request(String executionId, ControlRequest request) {
    UUID id = PostgresHistory.idOrNull(executionId);
    if (id == null) {
      return Future.succeededFuture(false);
    }
    return pool.preparedQuery(REQUEST)
        .execute(Tuple.of(id, request.name()))
        .map(rows -> rows.iterator().next().getLong(0) > 0);
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
    subscriber.reconnectPolicy(retries -> -1L);
    return subscriber.close();
  }
}
