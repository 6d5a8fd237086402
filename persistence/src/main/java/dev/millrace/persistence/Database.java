package dev.millrace.persistence;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process' connection to its database: one small pool to write through and one to read through,
 * so that history never waits behind the journal nor the journal behind history. Created and closed
 * by the program; used from any event loop.
 */
public final class Database {
  private static final Logger log = LoggerFactory.getLogger(Database.class);
  private static final int WRITE_CONNECTIONS = 2;
  private static final int READ_CONNECTIONS = 8;
  private static final int MAX_WAITING_READS = 256;
  private static final int PARTITION_DAYS_AHEAD = 3;
  private static final Duration MAINTENANCE_PERIOD = Duration.ofHours(1);

  private final Vertx vertx;
  private final Pool writes;
  private final Pool reads;
  private final PostgresJournal journal;
  private final PostgresHistory history;
  private final Duration retention;
  private long maintenanceTimer = -1;

  private Database(Vertx vertx, DatabaseUrl url, JournalOptions options, Duration retention) {
    this.vertx = vertx;
    this.retention = retention;
    this.writes = pool(vertx, url, "journal", WRITE_CONNECTIONS, 16);
    this.reads = pool(vertx, url, "history", READ_CONNECTIONS, MAX_WAITING_READS);
    this.journal = new PostgresJournal(vertx, writes, options);
    this.history = new PostgresHistory(reads);
  }

  /**
   * Migrates the database off the event loops, creates the partitions of the days to come and opens
   * the pools.
   *
   * @param retention how long executions are kept at least
   */
  public static Future<Database> open(
      Vertx vertx, DatabaseUrl url, JournalOptions options, Duration retention) {
    return vertx
        .executeBlocking(() -> Migrations.apply(url))
        .compose(
            applied -> {
              log.atInfo()
                  .addKeyValue("database", url)
                  .addKeyValue("migrations", applied)
                  .log("The database is ready");
              Database database = new Database(vertx, url, options, retention);
              return database.maintain().map(database);
            })
        .onSuccess(Database::maintainPeriodically);
  }

  /** Where facts go. */
  public PostgresJournal journal() {
    return journal;
  }

  /** Where executions are read. */
  public PostgresHistory history() {
    return history;
  }

  /** Whether the database answers. */
  public Future<Boolean> isReachable() {
    return reads.query("select 1").execute().map(true).otherwise(false);
  }

  /** Commits what is pending, then closes the pools. */
  public Future<Void> close() {
    vertx.cancelTimer(maintenanceTimer);
    return journal.flush().compose(flushed -> writes.close()).compose(closed -> reads.close());
  }

  private void maintainPeriodically() {
    maintenanceTimer = vertx.setPeriodic(MAINTENANCE_PERIOD.toMillis(), tick -> maintain());
  }

  private Future<Void> maintain() {
    return writes
        .preparedQuery("select maintain_partitions($1, make_interval(secs => $2))")
        .execute(Tuple.of(PARTITION_DAYS_AHEAD, (double) retention.toSeconds()))
        .onFailure(
            failure ->
                log.atWarn()
                    .addKeyValue("cause", failure.getMessage())
                    .log("Partitions could not be maintained"))
        .mapEmpty();
  }

  private static Pool pool(
      Vertx vertx, DatabaseUrl url, String name, int connections, int waiting) {
    PgConnectOptions connect =
        url.options()
            .setCachePreparedStatements(true)
            .setPreparedStatementCacheMaxSize(64)
            .setReconnectAttempts(0);
    connect.addProperty("application_name", "millrace " + name);
    return PgBuilder.pool()
        .using(vertx)
        .connectingTo(connect)
        .with(
            new PoolOptions()
                .setName("millrace-" + name)
                .setShared(true)
                .setMaxSize(connections)
                .setMaxWaitQueueSize(waiting)
                .setConnectionTimeout(10)
                .setConnectionTimeoutUnit(TimeUnit.SECONDS)
                .setIdleTimeout(10)
                .setIdleTimeoutUnit(TimeUnit.MINUTES))
        .build();
  }
}
