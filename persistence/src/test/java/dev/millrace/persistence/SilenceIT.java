package dev.millrace.persistence;

import static dev.millrace.persistence.Futures.await;
import static dev.millrace.persistence.Futures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.journal.ControlRequest;
import dev.millrace.engine.journal.ExecutionQuery;
import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.problem.FailureException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that neither answers nor goes away. */
class SilenceIT {
  private static final Duration LIMIT = Duration.ofMillis(1_500);

  private final Vertx vertx = Vertx.vertx();
  private DatabaseUrl url;
  private FlakyProxy proxy;
  private Database database;

  @BeforeEach
  void open() throws Exception {
    url = TestDatabase.fresh();
    proxy = await(FlakyProxy.start(vertx, url));
    database =
        await(
            Database.open(
                vertx,
                proxy.url(),
                DatabaseOptions.DEFAULT.withAnswerLimit(LIMIT).withLease(Duration.ofSeconds(3))));
  }

  @AfterEach
  void close() throws Exception {
    proxy.speakAgain();
    await(database.close());
    await(vertx.close());
  }

  @Test
  void theJournalSendsAgainOverAnotherConnection() throws Exception {
    String id = Facts.id();
    await(database.journal().append(Facts.started(id)));
    proxy.fallSilent(false);
    Future<Void> task = database.journal().append(Facts.task(id, 0));
    Future<Void> flushed = database.journal().flush();
    await(vertx.timer(2 * LIMIT.toMillis()));
    assertThat(task.isComplete()).isFalse();

    proxy.speakAgain();
    await(task);
    await(flushed);

    assertThat(await(database.history().find(id)).orElseThrow().tasks()).hasSize(1);
  }

  @Test
  void aCommitWhoseAnswerVanishedIsNotRepeatedAndItsConnectionIsEnded() throws Exception {
    String id = Facts.id();
    await(database.journal().append(Facts.started(id)));
    proxy.fallSilent(true);

    Future<Void> end =
        Future.all(
                database.journal().append(Facts.task(id, 0)),
                database.journal().append(Facts.ended(id)))
            .mapEmpty();
    await(vertx.timer(2 * LIMIT.toMillis()));
    proxy.speakAgain();
    await(end);

    assertThat(await(database.history().find(id)).orElseThrow())
        .satisfies(
            found -> {
              assertThat(found.summary().status()).isEqualTo(ExecutionStatus.Succeeded);
              assertThat(found.tasks()).hasSize(1);
            });
    assertThat(TestDatabase.read(url, writers())).isEqualTo("1");
  }

  private static String writers() {
    return "select count(*) from pg_stat_activity where application_name like 'millrace journal%'"
        + " and datname = current_database()";
  }

  @Test
  void whatIsReadFailsInTimeAndWorksAgainLater() throws Exception {
    assertThat(await(database.isReachable())).isTrue();
    proxy.fallSilent(false);

    long before = System.nanoTime();
    Future<?> found = database.history().find(Facts.id());
    Future<?> listed = database.history().list(ExecutionQuery.newest("default", "w"));
    Future<?> asked = database.signals().request(Facts.id(), ControlRequest.Pause);
    Future<Boolean> reachable = database.isReachable();
    assertThat(failureOf(found)).isNotNull();
    assertThat(failureOf(listed)).isNotNull();
    assertThat(failureOf(asked)).isNotNull();
    assertThat(await(reachable)).isFalse();
    assertThat(System.nanoTime() - before).isLessThan(Duration.ofSeconds(20).toNanos());

    proxy.speakAgain();
    await().until(() -> await(database.isReachable()));
    assertThat(await(database.history().find(Facts.id()))).isEmpty();
  }

  @Test
  void theLeaseSurvivesAndSignalsAreHeardAgain() throws Exception {
    String id = Facts.id();
    await(database.journal().append(Facts.started(id)));
    List<String> heard = new CopyOnWriteArrayList<>();
    database.signals().onRequest((executionId, request) -> heard.add(executionId + request));
    var owner = database.leases().owner();
    proxy.fallSilent(false);
    await(vertx.timer(2 * LIMIT.toMillis()));

    proxy.speakAgain();
    TestDatabase.executeIn(url, "update execution set requested = 'Pause' where id = '" + id + "'");

    await().until(() -> heard.contains(id + "Pause"));
    await().until(() -> database.leases().isHeld());
    assertThat(database.leases().owner()).isEqualTo(owner);
  }

  @Test
  void theServerEndsAStatementThatTakesTooLong() throws Exception {
    String id = Facts.id();
    await(database.journal().append(Facts.started(id)));
    Future<Void> task;
    try (Connection other = DriverManager.getConnection(url.jdbc(), url.user(), url.password());
        Statement lock = other.createStatement()) {
      other.setAutoCommit(false);
      lock.execute("lock table task_execution in access exclusive mode");
      assertThat(failureOf(database.history().find(id)))
          .isInstanceOf(FailureException.class)
          .hasMessageContaining("does not answer at the moment");

      task = database.journal().append(Facts.task(id, 0));
      Future<Void> end = database.journal().append(Facts.ended(id));
      await(vertx.timer(2 * LIMIT.toMillis()));
      assertThat(end.isComplete()).isFalse();
      other.rollback();
      await(end);
    }
    await(task);
  }
}
