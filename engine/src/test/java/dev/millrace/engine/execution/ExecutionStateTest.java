package dev.millrace.engine.execution;

import static dev.millrace.engine.plan.TestDefinitions.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.millrace.engine.journal.AttemptRecord;
import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.journal.TaskStatus;
import dev.millrace.engine.plan.ExecutionPlan;
import dev.millrace.engine.plan.TestDefinitions;
import dev.millrace.engine.task.AttemptOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExecutionStateTest {
  private static ExecutionPlan diamond() {
    return TestDefinitions.workflow()
        .get("start", "{}")
        .get("slow", "{'x':'{{tasks.start.output}}'}")
        .get("fast", "{'x':'{{tasks.start.output}}'}")
        .get("after-fast", "{'x':'{{tasks.fast.output}}'}")
        .get("join", "{'x':'{{tasks.slow.output}}','y':'{{tasks.after-fast.output}}'}")
        .plan();
  }

  @Test
  void aSlowBranchDoesNotHoldBackTheOther() {
    StateFixture run = new StateFixture(diamond());
    assertThat(run.take()).containsExactly("start");
    run.succeed("start");
    assertThat(run.take()).containsExactly("slow", "fast");

    run.succeed("fast");

    assertThat(run.take()).containsExactly("after-fast");
    run.succeed("after-fast");
    assertThat(run.take()).isEmpty();
    run.succeed("slow");
    assertThat(run.take()).containsExactly("join");
  }

  @Test
  void keepsToItsConcurrencyInDocumentOrder() {
    StateFixture run =
        new StateFixture(
            TestDefinitions.workflow()
                .get("a", "{}")
                .get("b", "{}")
                .get("c", "{}")
                .maxConcurrency(2)
                .plan());

    assertThat(run.take()).containsExactly("a", "b");
    assertThat(run.state.running()).isEqualTo(2);
    run.succeed("b");
    assertThat(run.take()).containsExactly("c");
  }

  @Test
  void succeedsWhenEveryTaskHasEnded() {
    StateFixture run = new StateFixture(TestDefinitions.workflow().get("a", "{}").plan());
    run.take();
    assertThat(run.state.readyToSucceed()).isFalse();

    run.succeed("a");

    assertThat(run.state.readyToSucceed()).isTrue();
    run.state.end(ExecutionStatus.Succeeded, json("1"), null, 9_000);
    assertThat(run.state.status()).isEqualTo(ExecutionStatus.Succeeded);
    assertThat(run.state.output()).isEqualTo(json("1"));
    assertThat(run.state.endedAt()).isEqualTo(9_000);
    assertThat(run.state.output(0)).isEqualTo(json("'of a'"));
    assertThat(run.state.input()).isEqualTo(json("{'n':1}"));
  }

  @Test
  void goesOnWithTheOutputForAFailedTask() {
    StateFixture run =
        new StateFixture(
            TestDefinitions.workflow()
                .optional("a", "{}", "{'known':false}")
                .get("b", "{'x':'{{tasks.a.output}}'}")
                .plan());
    run.take();

    boolean goesOn = run.fail("a");

    assertThat(goesOn).isTrue();
    assertThat(run.take()).containsExactly("b");
    TaskProgress failed = run.state.task(0);
    assertThat(failed.status()).isEqualTo(TaskStatus.Failed);
    assertThat(failed.continued()).isTrue();
    assertThat(failed.output()).isEqualTo(json("{'known':false}"));
    assertThat(failed.failure()).isEqualTo(StateFixture.BROKEN);
  }

  @Test
  void aFailedTaskStopsWhatHasNotBegun() {
    StateFixture run =
        new StateFixture(
            TestDefinitions.workflow()
                .get("a", "{}")
                .get("b", "{}")
                .get("c", "{}", "b")
                .get("d", "{}")
                .maxConcurrency(2)
                .plan());
    run.take();

    assertThat(run.fail("a")).isFalse();

    assertThat(run.take()).isEmpty();
    assertThat(run.state.isStopping()).isTrue();
    run.state.end(ExecutionStatus.Failed, null, StateFixture.BROKEN, 9_000);
    assertThat(run.state.task(0).status()).isEqualTo(TaskStatus.Failed);
    assertThat(run.state.task(1).status()).isEqualTo(TaskStatus.Cancelled);
    assertThat(run.state.task(2).status()).isEqualTo(TaskStatus.Skipped);
    assertThat(run.state.task(3).status()).isEqualTo(TaskStatus.Skipped);
    assertThat(run.state.isStopping()).isFalse();
    assertThat(run.state.failure()).isEqualTo(StateFixture.BROKEN);
  }

  @ParameterizedTest
  @EnumSource(names = {"Failed", "TimedOut", "Cancelled", "Interrupted"})
  void everyEndIsFinal(ExecutionStatus end) {
    StateFixture run = new StateFixture(diamond());
    run.take();

    run.state.end(end, null, StateFixture.BROKEN, 9_000);

    assertThat(run.state.status()).isEqualTo(end);
    assertThat(run.state.isEnded()).isTrue();
    assertThat(run.take()).isEmpty();
    assertThatIllegalStateException().isThrownBy(() -> run.succeed("start"));
    assertThatIllegalStateException().isThrownBy(() -> run.state.pause());
    assertThatIllegalStateException()
        .isThrownBy(
            () -> run.state.end(ExecutionStatus.Cancelled, null, StateFixture.BROKEN, 9_001))
        .withMessageContaining("execution-1 cannot end again, it is " + end);
  }

  @ParameterizedTest
  @EnumSource(names = {"Running", "Paused"})
  void whatIsNoEndCannotEndIt(ExecutionStatus noEnd) {
    StateFixture run = new StateFixture(diamond());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> run.state.end(noEnd, null, StateFixture.BROKEN, 9_000));
  }

  @Test
  void aPausedExecutionLetsRunningTasksEndAndBeginsNone() {
    StateFixture run = new StateFixture(diamond());
    run.take();

    run.state.pause();
    run.succeed("start");

    assertThat(run.state.status()).isEqualTo(ExecutionStatus.Paused);
    assertThat(run.take()).isEmpty();
    assertThatIllegalStateException().isThrownBy(() -> run.state.pause());
    run.state.resume();
    assertThat(run.take()).containsExactly("slow", "fast");
    assertThatIllegalStateException().isThrownBy(() -> run.state.resume());
  }

  @Test
  void aPausedExecutionDoesNotSucceedBeforeItIsResumed() {
    StateFixture run = new StateFixture(TestDefinitions.workflow().get("a", "{}").plan());
    run.take();
    run.state.pause();
    run.succeed("a");

    assertThat(run.state.readyToSucceed()).isFalse();
    assertThatIllegalStateException()
        .isThrownBy(() -> run.state.end(ExecutionStatus.Succeeded, json("1"), null, 9_000));

    run.state.resume();
    assertThat(run.state.readyToSucceed()).isTrue();
  }

  @Test
  void aHeldTaskMakesRoomForOthersUntilItIsReleased() {
    StateFixture run =
        new StateFixture(
            TestDefinitions.workflow().get("a", "{}").get("b", "{}").maxConcurrency(1).plan());
    int first = run.state.takeReady(1);

    run.state.hold(first);

    assertThat(run.state.task(first).status()).isEqualTo(TaskStatus.Pending);
    assertThat(run.take()).containsExactly("b");
    assertThatIllegalStateException().isThrownBy(() -> run.state.release(1));
    run.state.release(first);
    run.succeed("b");
    assertThat(run.take()).containsExactly("a");
  }

  @Test
  void aTaskThatWasNotTakenCannotMove() {
    StateFixture run = new StateFixture(diamond());

    assertThatIllegalStateException()
        .isThrownBy(() -> run.succeed("start"))
        .withMessage("task 'start' cannot succeed, it is Pending in execution-1");
    assertThatIllegalStateException().isThrownBy(() -> run.fail("start"));
    assertThatIllegalStateException().isThrownBy(() -> run.state.hold(0));
    assertThatIllegalStateException().isThrownBy(() -> run.state.called(0, json("{}")));
    assertThatIllegalStateException().isThrownBy(() -> run.state.attempted(0, List.of()));
  }

  @Test
  void keepsTheAttemptsOfATaskThatTheEndCancelled() {
    StateFixture run = new StateFixture(diamond());
    run.take();
    run.state.end(ExecutionStatus.TimedOut, null, StateFixture.BROKEN, 9_000);
    var attempt = new AttemptRecord(1, 1_000, 500, AttemptOutcome.CANCELLED, 0);

    run.state.attempted(0, List.of(attempt));

    assertThat(run.state.task(0).attempts()).containsExactly(attempt);
  }

  @Test
  void knowsWhenATaskWasQueuedStartedAndEnded() {
    StateFixture run = new StateFixture(diamond());
    run.take();
    run.succeed("start");
    run.take();

    TaskProgress slow = run.state.task(run.slot("slow"));

    assertThat(run.state.task(0).queuedAt()).isEqualTo(1_000);
    assertThat(run.state.task(0).endedAt()).isEqualTo(1_002);
    assertThat(slow.queuedAt()).isEqualTo(1_002);
    assertThat(slow.startedAt()).isEqualTo(1_003);
    assertThat(slow.endedAt()).isZero();
  }
}
