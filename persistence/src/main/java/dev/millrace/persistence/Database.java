package dev.millrace.persistence;

import dev.millrace.engine.journal.DefinitionLog;
import dev.millrace.engine.journal.ExecutionClaims;
import dev.millrace.engine.journal.ExecutionSignals;
import dev.millrace.engine.journal.PlanStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process' connection to its database: a pool for the journal, one for leases, claims and
 * definitions, and one for history, so that none waits behind another. Created and closed by the
 * program; used from any event loop.
 */
public final class Database {
  private static final Logger log = LoggerFactory.getLogger(Database.class);
  private static final int JOURNAL_CONNECTIONS = 1;
  private static final int CONTROL_CONNECTIONS = 3;
  private static final int HISTORY_CONNECTIONS = 8;
  private static final int MAX_WAITING = 256;
  private static final int MAX_STATEMENT_LENGTH = 16 * 1024;
  private static final int PARTITION_DAYS_AHEAD = 3;
  private static final Duration MAINTENANCE_PERIOD = Duration.ofMinutes(10);
  private static final Duration FLUSH_LIMIT = Duration.ofSeconds(10);

  /**
   * Rows are found by their keys, whatever the planner thinks of tables that were empty a moment
   * ago: a plan is kept for long.
   */
  private static final Map<String, String> BY_KEY =
      Map.of(
          "jit",
          "off",
          "enable_seqscan",
          "off",
          "enable_hashjoin",
          "off",
          "enable_mergejoin",
          "off");

  /** Lists are planned for the very page and partitions that they ask for, and read in order. */
  static final Map<String, String> IN_ORDER =
      Map.of(
          "jit",
          "off",
          "plan_cache_mode",
          "force_custom_plan",
          "enable_seqscan",
          "off",
          "enable_bitmapscan",
          "off");

  private final Vertx vertx;
  private final Pool journalPool;
  private final Pool controlPool;
  private final Pool historyPool;
  private final Leases leases;
  private final PostgresJournal journal;
  private final PostgresHistory history;
  private final PostgresClaims claims;
  private final PostgresSignals signals;
  private final PostgresDefinitionLog definitions;
  private final PostgresPlanStore plans;
  private final Duration retention;
  private long maintenanceTimer = -1;
  private long recheckTimer = -1;

  private Database(Vertx vertx, DatabaseUrl url, DatabaseOptions options) {
    this.vertx = vertx;
    this.retention = options.retention();
    this.journalPool = pool(vertx, url, "journal", JOURNAL_CONNECTIONS, BY_KEY);
    this.controlPool = pool(vertx, url, "control", CONTROL_CONNECTIONS, BY_KEY);
    this.historyPool = pool(vertx, url, "history", HISTORY_CONNECTIONS, IN_ORDER);
    this.leases = new Leases(vertx, controlPool, options.lease());
    this.journal =
        new PostgresJournal(
            vertx, journalPool, options.journal(), options.metrics(), leases::owner);
    this.history = new PostgresHistory(historyPool);
    this.claims = new PostgresClaims(controlPool, leases);
    this.signals =
        new PostgresSignals(vertx, controlPool, connect(url, "signals", Map.of()), leases);
    this.definitions = new PostgresDefinitionLog(controlPool);
    this.plans = new PostgresPlanStore(controlPool);
  }

  /**
   * Migrates the database off the event loops, creates the partitions of the days to come, takes a
   * lease and opens the pools.
   */
  public static Future<Database> open(Vertx vertx, DatabaseUrl url, DatabaseOptions options) {
    return vertx
        .executeBlocking(() -> Migrations.apply(url))
        .compose(
            applied -> {
              log.atInfo()
                  .addKeyValue("database", url)
                  .addKeyValue("migrations", applied)
                  .log("The database is ready");
              Database database = new Database(vertx, url, options);
              return database.start().map(database);
            });
  }

  private Future<Void> start() {
    return maintain()
        .otherwiseEmpty()
        .compose(maintained -> leases.start())
        .compose(leased -> signals.start())
        .onSuccess(
            started -> {
              maintenanceTimer =
                  vertx.setPeriodic(MAINTENANCE_PERIOD.toMillis(), tick -> maintain());
              recheckTimer =
                  vertx.setPeriodic(leases.duration().toMillis(), tick -> signals.recheck());
            })
        .recover(failure -> closePools().transform(closed -> Future.failedFuture(failure)));
  }

  /** Where facts go. */
  public PostgresJournal journal() {
    return journal;
  }

  /** Where executions are read. */
  public PostgresHistory history() {
    return history;
  }

  /** Who this gateway is, and whether it still is. */
  public Leases leases() {
    return leases;
  }

  /** Where executions of others become this gateway's. */
  public ExecutionClaims claims() {
    return claims;
  }

  /** What is asked of running executions. */
  public ExecutionSignals signals() {
    return signals;
  }

  /** What was defined when. */
  public DefinitionLog definitions() {
    return definitions;
  }

  /** Which definitions executions run by. */
  public PlanStore plans() {
    return plans;
  }

  /** Whether the database answers. */
  public Future<Boolean> isReachable() {
    return historyPool.query("select 1").execute().map(true).otherwise(false);
  }

  /** Commits what is pending, gives the lease back, then closes the pools. */
  public Future<Void> close() {
    vertx.cancelTimer(maintenanceTimer);
    vertx.cancelTimer(recheckTimer);
    return journal
        .flush()
        .timeout(FLUSH_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(
            late ->
                log.atError()
                    .addKeyValue("facts", journal.pendingFacts())
                    .log("The database did not take all facts before the program had to end"))
        .transform(flushed -> signals.close())
        .transform(closed -> leases.release())
        .transform(released -> closePools());
  }

  private Future<Void> closePools() {
    return journalPool
        .close()
        .transform(closed -> controlPool.close())
        .transform(closed -> historyPool.close());
  }

  /** Creates partitions ahead and drops those that are over; logs when it cannot. */
  Future<Void> maintain() {
    return controlPool
        .preparedQuery("select maintain_partitions($1, make_interval(secs => $2))")
        .execute(Tuple.of(PARTITION_DAYS_AHEAD, (double) retention.toSeconds()))
        .onFailure(
            failure ->
                log.atWarn()
                    .addKeyValue("cause", failure.getMessage())
                    .log("Partitions could not be maintained and will be later"))
        .mapEmpty();
  }

  static PgConnectOptions connect(DatabaseUrl url, String name, Map<String, String> properties) {
    PgConnectOptions connect =
        url.options()
            .setCachePreparedStatements(true)
            .setPreparedStatementCacheMaxSize(64)
            .setPreparedStatementCacheSqlLimit(MAX_STATEMENT_LENGTH)
            .setReconnectAttempts(0);
    connect.addProperty("application_name", "millrace " + name);
    properties.forEach(connect::addProperty);
    return connect;
  }

  private static Pool pool(
      Vertx vertx, DatabaseUrl url, String name, int connections, Map<String, String> properties) {
    return PgBuilder.pool()
        .using(vertx)
        .connectingTo(connect(url, name, properties))
        .with(new NetClientOptions().setTcpKeepAlive(true).setConnectTimeout(10_000))
        .with(
            new PoolOptions()
                .setName("millrace-" + name)
                .setMaxSize(connections)
                .setMaxWaitQueueSize(MAX_WAITING)
                .setConnectionTimeout(10)
                .setConnectionTimeoutUnit(TimeUnit.SECONDS)
                .setIdleTimeout(10)
                .setIdleTimeoutUnit(TimeUnit.MINUTES))
        .build();
  }
}
