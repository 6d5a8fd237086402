package dev.millrace.persistence;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the partitions of the days to come and drops those whose time is over, on a connection of
 * its own: that may take longer than anything else may. Owned by {@link Database}, which calls it
 * from time to time.
 */
final class Partitions {
  private static final Logger log = LoggerFactory.getLogger(Partitions.class);
  private static final int DAYS_AHEAD = 3;
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final String MAINTAIN =
      "select maintain_partitions($1, make_interval(secs => $2))";

  private final Vertx vertx;
  private final PgConnectOptions connect;
  private final Duration retention;

  Partitions(Vertx vertx, DatabaseUrl url, Duration retention) {
    this.vertx = vertx;
    this.connect = DatabasePools.connect(url, "millrace partitions", LIMIT, Map.of());
    this.retention = retention;
  }

  /** Does what is to be done; logs when it cannot. */
  Future<Void> maintain() {
    return PgConnection.connect(vertx, connect)
        .compose(connection -> maintain(connection).onComplete(done -> connection.close()))
        .timeout(DatabasePools.silence(LIMIT).toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(
            failure ->
                log.atWarn()
                    .addKeyValue("cause", failure.getMessage())
                    .log("Partitions could not be maintained and will be later"));
  }

  /** One expired day after the other, so that each holds its locks for itself. */
  private Future<Void> maintain(PgConnection connection) {
    return connection
        .preparedQuery(MAINTAIN)
        .execute(Tuple.of(DAYS_AHEAD, (double) retention.toSeconds()))
        .timeout(DatabasePools.silence(LIMIT).toMillis(), TimeUnit.MILLISECONDS)
        .compose(
            dropped ->
                dropped.iterator().next().getInteger(0) > 0
                    ? maintain(connection)
                    : Future.succeededFuture());
  }
}
