package dev.millrace.persistence;

import dev.millrace.engine.journal.DefinitionLog;
import dev.millrace.engine.journal.DurationHistory;
import dev.millrace.engine.journal.ExecutionClaims;
import dev.millrace.engine.journal.ExecutionSignals;
import dev.millrace.engine.journal.PlanStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process' way to its database: everything that is kept there, over {@link DatabasePools}.
 * Created and closed by the program; used from any event loop.
 */
public final class Database {
  private static final Logger log = LoggerFactory.getLogger(Database.class);
  private static final Duration MAINTENANCE_PERIOD = Duration.ofMinutes(10);
  private static final Duration FLUSH_LIMIT = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final DatabasePools pools;
  private final Leases leases;
  private final PostgresJournal journal;
  private final PostgresHistory history;
  private final PostgresDurations durations;
  private final PostgresClaims claims;
  private final PostgresSignals signals;
  private final PostgresDefinitionLog definitions;
  private final PostgresPlanStore plans;
  private final Partitions partitions;
  private final Duration answerLimit;
  private long maintenanceTimer = -1;
  private long recheckTimer = -1;
  private long keepAliveTimer = -1;

  private Database(Vertx vertx, DatabaseUrl url, DatabaseOptions options) {
    this.vertx = vertx;
    this.answerLimit = options.answerLimit();
    this.partitions = new Partitions(vertx, url, options.retention());
    this.pools = new DatabasePools(vertx, url, options);
    this.leases = new Leases(vertx, pools.leases(), options.lease());
    this.journal =
        new PostgresJournal(
            vertx, pools::openJournal, options.journal(), options.metrics(), leases);
    this.history = new PostgresHistory(pools.history());
    this.durations = new PostgresDurations(pools.history(), Clock.systemUTC());
    this.claims = new PostgresClaims(pools.control(), leases);
    this.signals =
        new PostgresSignals(
            vertx,
            pools.control(),
            DatabasePools.connect(url, "millrace signals", options.answerLimit(), Map.of()),
            pools.silenceOfServer(),
            options.answerLimit(),
            leases);
    this.definitions = new PostgresDefinitionLog(pools.control());
    this.plans = new PostgresPlanStore(pools.control());
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
              keepAliveTimer = vertx.setPeriodic(answerLimit.toMillis() / 2, tick -> keepAlive());
            })
        .recover(failure -> pools.close().transform(closed -> Future.failedFuture(failure)));
  }

  private void keepAlive() {
    pools.keepAlive();
    signals.keepAlive();
  }

  /** Where facts go. */
  public PostgresJournal journal() {
    return journal;
  }

  /** Where executions are read. */
  public PostgresHistory history() {
    return history;
  }

  /** How long executions took of late. */
  public DurationHistory durations() {
    return durations;
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
    return pools.history().query("select 1").execute().map(true).otherwise(false);
  }

  /** Commits what is pending, gives the lease back, then closes the pools. */
  public Future<Void> close() {
    vertx.cancelTimer(maintenanceTimer);
    vertx.cancelTimer(recheckTimer);
    vertx.cancelTimer(keepAliveTimer);
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
        .transform(released -> pools.close());
  }

  /** Creates partitions ahead and drops those that are over; logs when it cannot. */
  Future<Void> maintain() {
    return partitions.maintain();
  }
}
