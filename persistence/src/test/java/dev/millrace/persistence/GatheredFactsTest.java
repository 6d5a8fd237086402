package dev.millrace.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.journal.Fact;
import dev.millrace.engine.journal.TaskStatus;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class GatheredFactsTest {
  private static final UUID OWNER = UUID.randomUUID();
  private static final long PATIENCE = Duration.ofMillis(40).toNanos();

  private final GatheredFacts gathered = new GatheredFacts(options(10));

  @Test
  void anExecutionThatRunsWaitsForItsEnd() {
    String id = Facts.id();
    gathered.add(pending(Facts.started(id)), 0);
    gathered.add(pending(Facts.task(id, 0)), 5);
    assertThat(gathered.take(false, PATIENCE - 1)).isEmpty();

    gathered.add(pending(Facts.ended(id)), PATIENCE - 1);

    assertThat(gathered.take(false, PATIENCE - 1))
        .singleElement()
        .satisfies(
            execution -> {
              assertThat(execution.isFresh()).isTrue();
              assertThat(execution.status()).isEqualTo("Succeeded");
              assertThat(execution.count()).isEqualTo(3);
            });
    assertThat(gathered.isEmpty()).isTrue();
  }

  @Test
  void patienceEnds() {
    String id = Facts.id();
    gathered.add(pending(Facts.started(id)), 0);

    assertThat(gathered.take(false, PATIENCE))
        .singleElement()
        .satisfies(execution -> assertThat(execution.status()).isEqualTo("Running"));
  }

  @Test
  void nobodyWaitsForAnEndWhenSomebodyIsInAHurry() {
    gathered.add(pending(Facts.started(Facts.id())), 0);
    gathered.add(pending(Facts.task(Facts.id(), 0)), 0);

    assertThat(gathered.take(true, 0)).hasSize(2);
  }

  @Test
  void whatIsSaidAgainOfATaskTakesThePlaceOfWhatWasSaid() {
    String id = Facts.id();
    gathered.add(pending(Facts.task(id, 7, TaskStatus.Failed)), 0);
    gathered.add(pending(Facts.task(id, 7, TaskStatus.Succeeded)), 0);

    ExecutionFacts execution = gathered.take(true, 0).get(0);

    assertThat(execution.count()).isEqualTo(2);
    assertThat(execution.taskCount()).isOne();
    assertThat(execution.tasks()[7].fact())
        .isInstanceOfSatisfying(
            Fact.TaskEnded.class,
            task -> assertThat(task.status()).isEqualTo(TaskStatus.Succeeded));
  }

  @Test
  void anExecutionOfAnotherOwnerComesInALaterBatch() {
    String id = Facts.id();
    gathered.add(pending(Facts.task(id, 0)), 0);
    PendingFact ofAnother = PendingFact.of(Facts.task(id, 1), UUID.randomUUID(), Promise.promise());

    assertThat(gathered.add(ofAnother, 0)).isFalse();
    gathered.take(true, 0);

    assertThat(gathered.add(ofAnother, 0)).isTrue();
  }

  @Test
  void batchesAreBounded() {
    GatheredFacts small = new GatheredFacts(options(2));
    String id = Facts.id();
    small.add(pending(Facts.task(id, 0)), 0);
    small.add(pending(Facts.task(id, 1)), 0);
    small.add(pending(Facts.task(Facts.id(), 0)), 0);

    assertThat(small.add(pending(Facts.task(id, 2)), 0)).isFalse();
    assertThat(small.take(false, 0)).singleElement().matches(full -> full.count() == 2);
    assertThat(small.take(true, 0)).hasSize(1);
  }

  private static PendingFact pending(Fact fact) {
    return PendingFact.of(fact, OWNER, Promise.promise());
  }

  private static JournalOptions options(int maxBatchFacts) {
    return new JournalOptions(
        100,
        100_000,
        maxBatchFacts,
        100_000,
        Duration.ofMillis(10),
        1_000,
        Duration.ofNanos(PATIENCE),
        Duration.ofMillis(10),
        Duration.ofMillis(10));
  }
}
