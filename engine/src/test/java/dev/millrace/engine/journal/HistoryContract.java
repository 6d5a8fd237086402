package dev.millrace.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/** What every history answers, whatever it reads from. */
public abstract class HistoryContract extends JournalContract {
  /** The moment that the ids of {@link Facts} carry: an id is made when its execution starts. */
  private static final long START = 0x0199_aaaa_0000L * 1_000L;

  private void run(int number, String workflow, long startedAt, ExecutionStatus status) {
    journal().append(Facts.started(number, workflow, startedAt));
    if (status != ExecutionStatus.Running) {
      journal().append(Facts.ended(number, status, startedAt + 10));
    }
  }

  private void someRuns() {
    run(1, "flow", START + 1_000, ExecutionStatus.Succeeded);
    run(2, "flow", START + 2_000, ExecutionStatus.Failed);
    run(3, "flow", START + 3_000, ExecutionStatus.Succeeded);
    run(4, "flow", START + 3_000, ExecutionStatus.Running);
    run(5, "other", START + 3_500, ExecutionStatus.Succeeded);
    await(journal().flush());
  }

  private ExecutionPage list(ExecutionStatus status, long from, long to, int skip, int take) {
    return await(
        history().list(new ExecutionQuery("default", "flow", status, from, to, skip, take)));
  }

  private static java.util.List<String> ids(ExecutionPage page) {
    return page.items().stream().map(ExecutionSummary::executionId).toList();
  }

  @Test
  void listsTheExecutionsOfAWorkflowNewestFirst() {
    someRuns();

    ExecutionPage page = await(history().list(ExecutionQuery.newest("default", "flow")));

    assertThat(ids(page)).containsExactly(Facts.id(4), Facts.id(3), Facts.id(2), Facts.id(1));
    assertThat(page.total()).isEqualTo(4);
  }

  @Test
  void filtersByStatus() {
    someRuns();

    ExecutionPage page = list(ExecutionStatus.Succeeded, Long.MIN_VALUE, Long.MAX_VALUE, 0, 50);

    assertThat(ids(page)).containsExactly(Facts.id(3), Facts.id(1));
    assertThat(page.total()).isEqualTo(2);
  }

  @Test
  void filtersByTimeWithTheStartAndWithoutTheEnd() {
    someRuns();

    assertThat(ids(list(null, START + 1_000, START + 3_000, 0, 50)))
        .containsExactly(Facts.id(2), Facts.id(1));
  }

  @Test
  void answersAPageAndHowManyThereAre() {
    someRuns();

    ExecutionPage page = list(null, Long.MIN_VALUE, Long.MAX_VALUE, 1, 2);

    assertThat(ids(page)).containsExactly(Facts.id(3), Facts.id(2));
    assertThat(page.total()).isEqualTo(4);
    assertThat(list(null, Long.MIN_VALUE, Long.MAX_VALUE, 9, 2).items()).isEmpty();
  }

  @Test
  void knowsNothingOfOthers() {
    someRuns();

    assertThat(await(history().find(Facts.id(99)))).isEmpty();
    assertThat(await(history().find("no id at all"))).isEmpty();
    assertThat(await(history().list(ExecutionQuery.newest("default", "none"))).total()).isZero();
    assertThat(await(history().list(ExecutionQuery.newest("else", "flow"))).total()).isZero();
  }

  @Test
  void refusesAPageThatCannotBe() {
    assertThatIllegalArgumentException().isThrownBy(() -> list(null, 0, 1, -1, 50));
    assertThatIllegalArgumentException().isThrownBy(() -> list(null, 0, 1, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> list(null, 0, 1, 0, 501));
  }
}
