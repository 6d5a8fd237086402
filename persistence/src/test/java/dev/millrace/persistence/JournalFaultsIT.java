package dev.millrace.persistence;

import static dev.millrace.persistence.Futures.await;
import static dev.millrace.persistence.Futures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.journal.ControlRequest;
import dev.millrace.engine.journal.ExecutionQuery;
import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.journal.Fact;
import dev.millrace.engine.journal.TaskStatus;
import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.FailureException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JournalFaultsIT {
  private static final JournalOptions SMALL =
      new JournalOptions(
          100,
          100_000,
          40,
          50_000,
          Duration.ofMillis(50),
          1_000,
          Duration.ofMillis(50),
          Duration.ofMillis(10),
          Duration.ofMillis(50));

  private final Vertx vertx = Vertx.vertx();
  private final List<Integer> batches = new CopyOnWriteArrayList<>();
  private final AtomicInteger retries = new AtomicInteger();
  private final AtomicInteger refusals = new AtomicInteger();
  private DatabaseUrl url;
  private FlakyProxy proxy;
  private Database database;

  private final JournalMetrics metrics =
      new JournalMetrics() {
        @Override
        public void committed(int facts, long nanos) {
          batches.add(facts);
        }

        @Override
        public void retried(int facts) {
          retries.incrementAndGet();
        }

        @Override
        public void refused() {
          refusals.incrementAndGet();
        }
      };

  @BeforeEach
  void open() throws Exception {
    url = TestDatabase.fresh();
    proxy = await(FlakyProxy.start(vertx, url));
    database =
        await(
            Database.open(vertx, proxy.url(), DatabaseOptions.DEFAULT.withJournal(SMALL, metrics)));
  }

  @AfterEach
  void close() throws Exception {
    proxy.comeBack();
    await(database.close());
    await(vertx.close());
  }

  @Test
  void nothingAcceptedIsLostWhileTheDatabaseIsAway() throws Exception {
    PostgresJournal journal = database.journal();
    List<Future<Void>> commits = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    proxy.goAway();

    while (journal.hasRoom()) {
      String id = Facts.id();
      ids.add(id);
      commits.add(journal.append(Facts.started(id)));
      commits.add(journal.append(Facts.task(id, 0)));
      commits.add(journal.append(Facts.ended(id)));
    }
    await().until(() -> retries.get() > 1);

    assertThat(commits).noneMatch(Future::isComplete);
    assertThat(journal.pendingFacts()).isEqualTo(102);
    assertThat(refusals).hasValue(1);

    proxy.comeBack();
    await(Future.all(commits));

    assertThat(journal.hasRoom()).isTrue();
    assertThat(journal.pendingFacts()).isZero();
    assertThat(journal.pendingCharacters()).isZero();
    for (String id : ids) {
      assertThat(await(database.history().find(id)).orElseThrow())
          .satisfies(
              found -> {
                assertThat(found.summary().status()).isEqualTo(ExecutionStatus.Succeeded);
                assertThat(found.tasks()).hasSize(1);
              });
    }
  }

  @Test
  void theBufferIsFullByCharactersToo() {
    PostgresJournal journal = database.journal();
    proxy.goAway();

    String id = Facts.id();
    journal.append(Facts.started(id));
    assertThat(journal.hasRoom()).isTrue();
    journal.append(
        new Fact.ExecutionEnded(
            id,
            ExecutionStatus.Succeeded,
            Facts.payload(1).withObject("/more").put("text", "x".repeat(100_000)),
            null,
            1));

    await().until(() -> !journal.hasRoom());
    proxy.comeBack();
    await().until(journal::hasRoom);
  }

  @Test
  void aCommitWhoseAnswerWasLostIsNotRepeated() throws Exception {
    PostgresJournal journal = database.journal();
    String early = Facts.id();
    await(journal.append(Facts.started(early)));
    proxy.loseAnswerTo(request -> request.toString("ISO-8859-1").contains("task-7"));

    String late = Facts.id();
    List<Future<Void>> commits =
        List.of(
            journal.append(Facts.task(early, 7)),
            journal.append(Facts.ended(early)),
            journal.append(Facts.started(late)),
            journal.append(Facts.task(late, 7)));
    await(Future.all(commits));

    assertThat(retries).hasValue(1);
    assertThat(await(database.history().find(early)).orElseThrow())
        .satisfies(
            found -> {
              assertThat(found.summary().status()).isEqualTo(ExecutionStatus.Succeeded);
              assertThat(found.tasks()).hasSize(1);
            });
    assertThat(await(database.history().find(late)).orElseThrow().tasks()).hasSize(1);
  }

  @Test
  void aFactThatCanNeverBeStoredDoesNotHoldUpOthers() throws Exception {
    PostgresJournal journal = database.journal();
    List<Future<Void>> good = new ArrayList<>();
    Future<Void> poison = null;
    for (int i = 0; i < 20; i++) {
      good.add(journal.append(Facts.started(Facts.id())));
      if (i == 7) {
        poison = journal.append(Facts.started(Facts.id(), "no\0zero", Facts.NOW));
      }
    }

    await(Future.all(good));
    assertThat(failureOf(poison)).isInstanceOf(PgException.class);
    assertThat(failureOf(journal.append(Facts.started("no-id"))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(journal.pendingFacts()).isZero();
  }

  @Test
  void factsGatherUnlessSomebodyIsInAHurry() throws Exception {
    PostgresJournal journal = database.journal();
    String id = Facts.id();
    journal.append(Facts.started(id));
    journal.append(Facts.task(id, 0));
    await(journal.append(Facts.ended(id)));
    await().untilAsserted(() -> assertThat(batches).containsExactly(3));

    long before = System.nanoTime();
    Future<Void> commit = journal.append(Facts.started(Facts.id()));
    journal.hurry();
    journal.hurry();
    await(commit);
    assertThat(System.nanoTime() - before).isLessThan(5_000_000_000L);
    await(journal.flush());
  }

  @Test
  void aTaskThatIsTriedAgainReplacesItsFailureButNeverASuccess() throws Exception {
    PostgresJournal journal = database.journal();
    String id = Facts.id();
    await(journal.append(Facts.started(id)));
    await(journal.append(Facts.task(id, 0, TaskStatus.Failed)));

    await(journal.append(Facts.task(id, 0, TaskStatus.Succeeded)));
    await(journal.append(Facts.task(id, 0, TaskStatus.Failed)));

    assertThat(await(database.history().find(id)).orElseThrow().tasks())
        .singleElement()
        .satisfies(task -> assertThat(task.status()).isEqualTo(TaskStatus.Succeeded));
  }

  @Test
  void signalsAndLeasesSurviveALostConnection() throws Exception {
    String id = Facts.id();
    await(database.journal().append(Facts.started(id)));
    List<String> heard = new ArrayList<>();
    database.signals().onRequest((executionId, request) -> heard.add(executionId + request));
    proxy.goAway();

    // another gateway asks while this one cannot hear
    TestDatabase.executeIn(url, "update execution set requested = 'Pause' where id = '" + id + "'");
    await(database.leases().beat());
    proxy.comeBack();

    await().until(() -> heard.contains(id + "Pause"));
    await(database.leases().beat());
    assertThat(database.leases().isHeld()).isTrue();
  }

  @Test
  void whoAsksWhileTheDatabaseIsAwayIsToldToAskAgain() throws Exception {
    String id = Facts.id();
    await(database.journal().append(Facts.started(id)));
    proxy.goAway();

    List<Future<?>> asked =
        List.of(
            database.history().find(id),
            database.history().list(ExecutionQuery.newest("default", "contact")),
            database.signals().request(id, ControlRequest.Pause),
            database.claims().claimPaused(id));

    for (Future<?> one : asked) {
      assertThat(failureOf(one))
          .isInstanceOfSatisfying(
              FailureException.class,
              unavailable -> {
                assertThat(unavailable.failure().code()).isEqualTo(ErrorCode.NotReady);
                assertThat(unavailable.failure().retryAfter()).isPositive();
              });
    }
  }
}
