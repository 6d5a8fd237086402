package dev.millrace.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class InMemoryJournalTest extends HistoryContract {
  private final InMemoryJournal journal = new InMemoryJournal(1_000, 10_000_000);

  @Override
  protected Journal journal() {
    return journal;
  }

  @Override
  protected History history() {
    return journal;
  }

  private static void run(InMemoryJournal journal, int number) {
    journal.append(Facts.started(number, "flow", 1_000 + number));
    journal.append(Facts.task(number, 0, TaskStatus.Succeeded));
    journal.append(Facts.ended(number, ExecutionStatus.Succeeded, 2_000 + number));
  }

  @Test
  void forgetsWhatEndedFirstWhenThereAreTooMany() {
    InMemoryJournal small = new InMemoryJournal(2, 10_000_000);
    small.append(Facts.started(1, "flow", 1));
    run(small, 2);
    run(small, 3);

    assertThat(await(small.find(Facts.id(1)))).isPresent();
    assertThat(await(small.find(Facts.id(2)))).isEmpty();
    assertThat(await(small.find(Facts.id(3)))).isPresent();
    assertThat(await(small.list(ExecutionQuery.newest("default", "flow"))).total()).isEqualTo(2);
  }

  @Test
  void forgetsWhatEndedFirstWhenItTakesTooMuch() {
    InMemoryJournal small = new InMemoryJournal(1_000, 5_000);
    for (int number = 0; number < 100; number++) {
      run(small, number);
    }

    long kept = await(small.list(ExecutionQuery.newest("default", "flow"))).total();
    assertThat(kept).isBetween(1L, 5L);
    assertThat(await(small.find(Facts.id(99)))).isPresent();
    assertThat(small.hasRoom()).isTrue();
  }

  @Test
  void hasNoRoomWhenWhatRunsFillsIt() {
    InMemoryJournal small = new InMemoryJournal(2, 10_000_000);
    small.append(Facts.started(1, "flow", 1));
    assertThat(small.hasRoom()).isTrue();

    small.append(Facts.started(2, "flow", 2));

    assertThat(small.hasRoom()).isFalse();
    small.append(Facts.ended(1, ExecutionStatus.Succeeded, 3));
    assertThat(small.hasRoom()).isTrue();
  }

  @Test
  void forgetsAWorkflowWithItsLastExecution() {
    InMemoryJournal small = new InMemoryJournal(1, 10_000_000);
    run(small, 1);
    small.append(Facts.started(2, "other", 5));

    assertThat(await(small.list(ExecutionQuery.newest("default", "flow"))).total()).isZero();
  }

  @Test
  void refusesAFactWithoutItsStart() {
    assertThat(journal.append(Facts.task(7, 0, TaskStatus.Succeeded)).failed()).isTrue();
    assertThatIllegalArgumentException().isThrownBy(() -> new InMemoryJournal(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new InMemoryJournal(1, 0));
  }
}
