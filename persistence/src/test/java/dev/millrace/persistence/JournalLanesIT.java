package dev.millrace.persistence;

import static dev.millrace.persistence.Futures.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.journal.ExecutionRecord;
import dev.millrace.engine.journal.ExecutionStatus;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One journal, many event loops. */
class JournalLanesIT {
  private static final int LOOPS = 6;

  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS).setPreferNativeTransport(true));
  private final List<Context> loops =
      IntStream.range(0, LOOPS)
          .<Context>mapToObj(loop -> ((VertxInternal) vertx).createEventLoopContext())
          .toList();
  private DatabaseUrl url;
  private Database database;

  @BeforeEach
  void open() throws Exception {
    url = TestDatabase.fresh();
    database = await(Database.open(vertx, url, DatabaseOptions.DEFAULT));
  }

  @AfterEach
  void close() throws Exception {
    await(database.close());
    await(vertx.close());
  }

  @Test
  void eachLoopHasAConnectionUpToABound() throws Exception {
    List<String> ids = new ArrayList<>();

    for (int loop = 0; loop < LOOPS; loop++) {
      ids.add(await(execute(loop)));
      assertThat(connections()).isEqualTo(Math.min(loop + 1, PostgresJournal.MOST_LANES));
    }

    assertThat(await(execute(0))).isNotNull();
    assertThat(connections()).isEqualTo(PostgresJournal.MOST_LANES);
    for (String id : ids) {
      ExecutionRecord found = await(database.history().find(id)).orElseThrow();
      assertThat(found.summary().status()).isEqualTo(ExecutionStatus.Succeeded);
      assertThat(found.tasks()).hasSize(1);
    }
  }

  @Test
  void noLoopWaitsForTheCommitOfAnother() throws Exception {
    String held = Facts.id();
    await(on(0, () -> database.journal().append(Facts.started(held))));

    try (Connection other = connect();
        Statement lock = other.createStatement()) {
      other.setAutoCommit(false);
      lock.execute("select 1 from execution where id = '" + held + "' for update");
      Future<Void> waits = on(0, () -> database.journal().append(Facts.ended(held)));

      await(execute(1));

      assertThat(waits.isComplete()).isFalse();
      other.rollback();
      await(waits);
    }
  }

  @Test
  void enoughFactsDoNotWaitForMore() throws Exception {
    await(database.close());
    JournalOptions patient =
        new JournalOptions(
            1_000,
            1_000_000,
            1_000,
            1_000_000,
            Duration.ofMinutes(5),
            6,
            Duration.ofMinutes(5),
            Duration.ofMillis(10),
            Duration.ofMillis(50));
    database =
        await(
            Database.open(
                vertx, url, DatabaseOptions.DEFAULT.withJournal(patient, JournalMetrics.NONE)));

    Future<String> alone = execute(0);
    await(vertx.timer(200).mapEmpty());
    assertThat(alone.isComplete()).isFalse();
    execute(0);

    await(alone);
  }

  @Test
  void aFlushWaitsForAllLoops() throws Exception {
    List<Future<String>> executions = new ArrayList<>();
    for (int loop = 0; loop < LOOPS; loop++) {
      executions.add(execute(loop));
    }
    await().until(() -> database.journal().pendingFacts() > 0 || allOf(executions).isComplete());

    await(database.journal().flush());

    assertThat(database.journal().pendingFacts()).isZero();
    await(allOf(executions));
  }

  private static Future<?> allOf(List<Future<String>> executions) {
    return Future.all(executions);
  }

  /** The facts of a whole execution, from one event loop. */
  private Future<String> execute(int loop) {
    String id = Facts.id();
    return on(
            loop,
            () -> {
              database.journal().append(Facts.started(id));
              database.journal().append(Facts.task(id, 0));
              return database.journal().append(Facts.ended(id));
            })
        .map(id);
  }

  private Future<Void> on(int loop, Supplier<Future<Void>> action) {
    Promise<Void> done = Promise.promise();
    loops.get(loop).runOnContext(ignored -> action.get().onComplete(done));
    return done.future();
  }

  private int connections() throws Exception {
    return Integer.parseInt(
        TestDatabase.read(
            url,
            "select count(*) from pg_stat_activity where datname = current_database()"
                + " and application_name like 'millrace journal%'"));
  }

  private Connection connect() throws Exception {
    return DriverManager.getConnection(url.jdbc(), url.user(), url.password());
  }
}
