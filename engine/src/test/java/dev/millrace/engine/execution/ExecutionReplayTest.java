package dev.millrace.engine.execution;

import static dev.millrace.engine.plan.TestDefinitions.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.journal.Fact;
import dev.millrace.engine.journal.TaskStatus;
import dev.millrace.engine.plan.ExecutionPlan;
import dev.millrace.engine.plan.TestDefinitions;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutionReplayTest {
  private final ExecutionPlan plan =
      TestDefinitions.workflow()
          .get("a", "{}")
          .get("b", "{}", "a")
          .get("c", "{}", "a")
          .get("d", "{}", "b", "c")
          .plan();
  private final StateFixture run = new StateFixture(plan);

  private Fact ended(String id) {
    return StateFixture.ended(plan, run.state, run.slot(id));
  }

  private ExecutionState replay(Fact... facts) {
    return ExecutionState.replay(plan, List.of(facts));
  }

  @Test
  void tasksThatWereRunningAreTakenAgain() {
    run.take();
    run.succeed("a");
    run.take();
    run.succeed("c");

    ExecutionState rebuilt = replay(run.state.started(), ended("a"), ended("c"));

    assertThat(rebuilt.task(1).status()).isEqualTo(TaskStatus.Pending);
    assertThat(rebuilt.takeReady(50)).isEqualTo(run.slot("b"));
    assertThat(rebuilt.takeReady(50)).isEqualTo(-1);
    assertThat(rebuilt.output(2)).isEqualTo(json("'of c'"));
  }

  @Test
  void aBrokenOffEndBeginsNothing() {
    run.take();
    run.succeed("a");
    run.take();
    run.fail("b");
    run.state.end(ExecutionStatus.Failed, null, StateFixture.BROKEN, 9_000);

    ExecutionState rebuilt = replay(run.state.started(), ended("a"), ended("c"), ended("d"));

    assertThat(rebuilt.isStopping()).isTrue();
    assertThat(rebuilt.takeReady(50)).isEqualTo(-1);
    assertThat(rebuilt.readyToSucceed()).isFalse();
  }

  @Test
  void refusesARecordThatCannotBe() {
    run.take();
    run.succeed("a");
    run.take();
    run.succeed("b");
    Fact.ExecutionStarted start = run.state.started();

    assertThatIllegalArgumentException().isThrownBy(() -> ExecutionState.replay(plan, List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> replay(ended("a")));
    assertThatIllegalArgumentException().isThrownBy(() -> replay(start, start));
    assertThatIllegalStateException().isThrownBy(() -> replay(start, ended("b")));
    assertThatIllegalStateException().isThrownBy(() -> replay(start, ended("a"), ended("a")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> replay(start, ended("a"), ended("c")))
        .withMessageContaining("a task cannot end as Running");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                replay(
                    start,
                    new Fact.ExecutionEnded(
                        "another", ExecutionStatus.Failed, null, StateFixture.BROKEN, 1)))
        .withMessageContaining("another");
  }
}
