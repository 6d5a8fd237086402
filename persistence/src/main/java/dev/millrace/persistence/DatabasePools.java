package dev.millrace.persistence;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pools of {@link Database}, one for each kind of work, so that none waits behind another; made
 * and closed by it, used from any event loop.
 *
 * <p>Every statement is bounded twice: the server ends it after the limit, and where the server
 * says nothing at all for a little longer, {@link ServerSilence} cuts the connection and what
 * waited on it fails.
 */
final class DatabasePools {
  private static final Logger log = LoggerFactory.getLogger(DatabasePools.class);
  private static final int CONTROL_CONNECTIONS = 3;
  private static final int HISTORY_CONNECTIONS = 8;
  private static final int MAX_WAITING = 256;
  private static final int MAX_STATEMENT_LENGTH = 16 * 1024;
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
  private static final Duration UNACKNOWLEDGED_LIMIT = Duration.ofSeconds(30);

  /** A heartbeat that is answered later than the next one is due helps nobody. */
  private static final int BEATS_OF_A_LEASE = 3;

  /** Connecting to a busy server takes its time. */
  private static final Duration SHORTEST_LIMIT = Duration.ofSeconds(1);

  /** What the server may hold for a gateway that is gone without a word. */
  private static final Map<String, String> GONE_CLIENTS =
      Map.of(
          "tcp_keepalives_idle",
          "30",
          "tcp_keepalives_interval",
          "10",
          "tcp_keepalives_count",
          "3");

  /**
   * Statements are planned once a connection: over a month of partitions that takes far longer than
   * to carry them out, and left alone the server would plan many anew each time. So a plan is kept
   * for long, and rows are found by their keys, whatever the planner thinks of tables that were
   * empty a moment ago. Which partitions are needed is seen each time all the same.
   */
  private static final Map<String, String> BY_KEY =
      Map.of(
          "jit",
          "off",
          "plan_cache_mode",
          "force_generic_plan",
          "enable_seqscan",
          "off",
          "enable_hashjoin",
          "off",
          "enable_mergejoin",
          "off");

  /** Likewise, and lists are read in the order of their index. */
  static final Map<String, String> IN_ORDER = inOrder();

  /**
   * A batch that was given up may still be under way in the server, and must never come after what
   * is written next: whoever connects for the journal first ends what is left of the connection
   * before.
   */
  private static final String END_FORMER =
      "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
          + " where application_name = $1 and usename = current_user and pid <> pg_backend_pid()";

  private final Supplier<Pool> journal;
  private final List<Pool> journalPools = new CopyOnWriteArrayList<>();
  private final Pool leases;
  private final Pool control;
  private final Pool history;
  private final ServerSilence silence;
  private final ServerSilence leaseSilence;

  DatabasePools(Vertx vertx, DatabaseUrl url, DatabaseOptions options) {
    Duration limit = options.answerLimit();
    Duration beat = max(SHORTEST_LIMIT, options.lease().dividedBy(BEATS_OF_A_LEASE));
    this.silence = new ServerSilence(vertx, url, silence(limit));
    this.leaseSilence = new ServerSilence(vertx, url, silence(beat));
    this.journal =
        () -> {
          String writer = "millrace journal " + UUID.randomUUID();
          return pool(
              vertx,
              "journal",
              1,
              connect(url, writer, limit, BY_KEY),
              Duration.ZERO,
              silence,
              connection -> endFormer(connection, writer));
        };
    this.leases =
        pool(
            vertx,
            "leases",
            1,
            connect(url, "millrace leases", beat, BY_KEY),
            Duration.ZERO,
            leaseSilence,
            SqlConnection::close);
    this.control =
        pool(
            vertx,
            "control",
            CONTROL_CONNECTIONS,
            connect(url, "millrace control", limit, BY_KEY),
            limit.dividedBy(2),
            silence,
            SqlConnection::close);
    this.history =
        pool(
            vertx,
            "history",
            HISTORY_CONNECTIONS,
            connect(url, "millrace history", limit, IN_ORDER),
            limit.dividedBy(2),
            silence,
            SqlConnection::close);
  }

  /** Opens a pool of one connection, whose batches follow each other; closed with the others. */
  Pool openJournal() {
    Pool pool = journal.get();
    journalPools.add(pool);
    return pool;
  }

  /** For heartbeats alone. */
  Pool leases() {
    return leases;
  }

  /** For claims, signals and definitions. */
  Pool control() {
    return control;
  }

  /** For all that is only read. */
  Pool history() {
    return history;
  }

  /** Notices when a server of these pools does not answer. */
  ServerSilence silenceOfServer() {
    return silence;
  }

  /** Keeps the journal's connections in use: none is to be opened anew for each first commit. */
  void keepAlive() {
    for (Pool pool : journalPools) {
      pool.query("select 1")
          .execute()
          .onFailure(
              failure ->
                  log.atDebug()
                      .addKeyValue("cause", failure.getMessage())
                      .log("A connection of the journal does not answer"));
    }
  }

  Future<Void> close() {
    return Future.join(journalPools.stream().map(Pool::close).toList())
        .transform(closed -> leases.close())
        .transform(closed -> control.close())
        .transform(closed -> history.close())
        .transform(closed -> silence.close())
        .transform(closed -> leaseSilence.close());
  }

  /**
   * How to connect.
   *
   * @param limit after which the server ends a statement, or a transaction that does nothing
   */
  static PgConnectOptions connect(
      DatabaseUrl url, String application, Duration limit, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(GONE_CLIENTS);
    all.putAll(settings);
    all.put("application_name", application);
    all.put("statement_timeout", Long.toString(limit.toMillis()));
    all.put("idle_in_transaction_session_timeout", Long.toString(limit.toMillis()));
    PgConnectOptions connect =
        url.options()
            .setCachePreparedStatements(true)
            .setPreparedStatementCacheMaxSize(64)
            .setPreparedStatementCacheSqlLimit(MAX_STATEMENT_LENGTH)
            .setReconnectAttempts(0);
    all.forEach(connect::addProperty);
    return connect;
  }

  /**
   * Makes a pool.
   *
   * @param idle after which a connection is given back, before it is taken for silent; zero for one
   *     that is always in use
   */
  private static Pool pool(
      Vertx vertx,
      String name,
      int connections,
      PgConnectOptions connect,
      Duration idle,
      ServerSilence silence,
      Handler<SqlConnection> connected) {
    return PgBuilder.pool()
        .using(vertx)
        .connectingTo(() -> silence.probe().map(answers -> new PgConnectOptions(connect)))
        .with(
            new NetClientOptions()
                .setTcpKeepAlive(true)
                .setTcpUserTimeout((int) UNACKNOWLEDGED_LIMIT.toMillis())
                .setConnectTimeout((int) CONNECT_LIMIT.toMillis()))
        .with(
            new PoolOptions()
                .setName("millrace-" + name)
                .setMaxSize(connections)
                .setMaxWaitQueueSize(MAX_WAITING)
                .setConnectionTimeout((int) CONNECT_LIMIT.toSeconds())
                .setConnectionTimeoutUnit(TimeUnit.SECONDS)
                .setIdleTimeout(Math.toIntExact(idle.toMillis()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS))
        .withConnectHandler(
            connection -> {
              silence.watch(connection);
              connected.handle(connection);
            })
        .build();
  }

  /** How long a connection may be silent: long enough for the server to say that it gave up. */
  static Duration silence(Duration limit) {
    return limit.plus(limit.dividedBy(4));
  }

  private static Map<String, String> inOrder() {
    Map<String, String> settings = new HashMap<>(BY_KEY);
    settings.put("enable_bitmapscan", "off");
    settings.put("enable_sort", "off");
    return Map.copyOf(settings);
  }

  private static void endFormer(SqlConnection connection, String application) {
    connection
        .preparedQuery(END_FORMER)
        .execute(Tuple.of(application))
        .onFailure(
            failure ->
                log.atWarn()
                    .addKeyValue("cause", failure.getMessage())
                    .log("The journal's former connection could not be ended"))
        .onComplete(ended -> connection.close());
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
