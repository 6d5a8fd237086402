package dev.millrace.engine.execution;

import static dev.millrace.engine.execution.OrchestratorFixture.failure;
import static dev.millrace.engine.execution.OrchestratorFixture.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.definition.Durability;
import dev.millrace.engine.plan.TestDefinitions;
import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Stops the journal at each barrier, and looks at what has been called. */
class EffectBarriersTest {
  private OrchestratorFixture engine;
  private Future<ExecutionResult> answer;

  @AfterEach
  void close() {
    engine.close();
  }

  private void execute(TestDefinitions definitions) {
    engine = new OrchestratorFixture(definitions.plan());
    engine.journal.stopped = true;
    answer = engine.execute();
  }

  private void commit(String label) {
    engine.run(() -> engine.journal.commit(label));
  }

  @Test
  void safeTasksAloneWaitForNoCommit() {
    execute(TestDefinitions.workflow().get("a", "{}").get("b", "{'x':'{{tasks.a.output}}'}"));

    engine.succeed("a");
    engine.succeed("b");

    result(answer);
    assertThat(engine.journal.labels()).containsExactly("start", "a", "b", "end");
  }

  @Test
  void anEffectBeginsWhenTheStartIsCommitted() {
    execute(TestDefinitions.workflow().post("pay", "{}").get("look", "{}"));
    assertThat(engine.tasks.called).containsExactly("look");

    commit("start");

    assertThat(engine.tasks.called).containsExactly("look", "pay");
  }

  @Test
  void anEffectBeginsWhenEveryResultItDependsOnIsCommitted() {
    execute(
        TestDefinitions.workflow()
            .get("a", "{}")
            .get("b", "{'x':'{{tasks.a.output}}'}")
            .get("unrelated", "{}")
            .post("pay", "{'x':'{{tasks.b.output}}'}"));
    commit("start");
    engine.succeed("a");
    engine.succeed("unrelated");
    engine.succeed("b");
    assertThat(engine.tasks.called).containsExactly("a", "unrelated", "b");

    commit("b");
    assertThat(engine.tasks.called).doesNotContain("pay");
    commit("a");

    assertThat(engine.tasks.called).containsExactly("a", "unrelated", "b", "pay");
  }

  @Test
  void anEffectIsCommittedBeforeALaterEffectBeginsButASafeTaskNeedNotWait() {
    execute(
        TestDefinitions.workflow()
            .get("slow", "{}")
            .post("first", "{}")
            .get("reader", "{'x':'{{tasks.first.output}}'}")
            .post("second", "{'x':'{{tasks.slow.output}}'}"));
    commit("start");
    engine.succeed("first");
    assertThat(engine.tasks.called).containsExactly("slow", "first", "reader");
    engine.succeed("slow");
    commit("slow");
    assertThat(engine.tasks.called).doesNotContain("second");

    commit("first");

    assertThat(engine.tasks.called).containsExactly("slow", "first", "reader", "second");
  }

  @Test
  void theCallerIsAnsweredWhenEveryEffectIsCommitted() {
    execute(TestDefinitions.workflow().post("pay", "{}").output("'{{tasks.pay.output}}'"));
    commit("start");
    engine.succeed("pay");
    assertThat(engine.journal.labels()).containsExactly("start", "pay", "end");
    assertThat(answer.isComplete()).isFalse();
    assertThat(engine.admission.inFlight()).isEqualTo(1);

    commit("pay");

    assertThat(result(answer).output().stringValue()).isEqualTo("of pay");
    assertThat(engine.admission.inFlight()).isZero();
  }

  @Test
  void aFailureAfterAnEffectIsAnsweredWhenItsEndIsCommitted() {
    execute(TestDefinitions.workflow().post("pay", "{}").get("look", "{}"));
    commit("start");
    engine.run(() -> engine.tasks.fail("look", ErrorCode.UpstreamStatus));
    assertThat(engine.tasks.cancelled).containsExactly("pay");
    commit("pay");
    assertThat(answer.isComplete()).isFalse();

    commit("end");

    assertThat(failure(answer).code()).isEqualTo(ErrorCode.UpstreamStatus);
  }

  @Test
  void aFailureBeforeAnyEffectIsAnsweredWhenNoRecoveryCanHaveTheEffectAnyMore() {
    execute(TestDefinitions.workflow().get("look", "{}").post("pay", "{}", "look"));

    engine.run(() -> engine.tasks.fail("look", ErrorCode.UpstreamStatus));
    assertThat(answer.isComplete()).isFalse();
    commit("end");

    assertThat(failure(answer).code()).isEqualTo(ErrorCode.UpstreamStatus);
    assertThat(engine.tasks.called).containsExactly("look");
  }

  @Test
  void aFailureWithoutAnyEffectToComeIsAnsweredAtOnce() {
    execute(TestDefinitions.workflow().get("look", "{}"));

    engine.run(() -> engine.tasks.fail("look", ErrorCode.UpstreamStatus));

    assertThat(failure(answer).code()).isEqualTo(ErrorCode.UpstreamStatus);
  }

  @Test
  void anEffectDoesNotBeginWhileAnotherGatewayMayOwnTheExecution() {
    engine = new OrchestratorFixture(TestDefinitions.workflow().post("pay", "{}").plan());
    engine.ownership.renewal = Promise.promise();
    answer = engine.execute();
    assertThat(engine.tasks.called).isEmpty();

    engine.run(engine.ownership::renew);

    assertThat(engine.tasks.called).containsExactly("pay");
  }

  @Test
  void whatWasLostIsNotRunAndNotRecorded() {
    execute(TestDefinitions.workflow().post("pay", "{}"));

    engine.run(() -> engine.journal.lose("start"));

    assertThat(failure(answer).code()).isEqualTo(ErrorCode.ExecutionInterrupted);
    assertThat(engine.tasks.called).isEmpty();
    assertThat(engine.journal.labels()).containsExactly("start");
  }

  @Test
  void anEffectDoesNotBeginWhenTheStartCannotBeCommitted() {
    execute(TestDefinitions.workflow().post("pay", "{}"));

    engine.run(() -> engine.journal.fail("start"));

    assertThat(failure(answer).code()).isEqualTo(ErrorCode.JournalFull);
    assertThat(engine.tasks.called).isEmpty();
  }

  @Test
  void anEffectThatCannotBeRecordedIsToldToTheCaller() {
    execute(TestDefinitions.workflow().post("pay", "{}"));
    commit("start");
    engine.succeed("pay");

    engine.run(() -> engine.journal.fail("pay"));

    Failure failure = failure(answer);
    assertThat(failure.code()).isEqualTo(ErrorCode.InternalError);
    assertThat(failure.executionId()).isNotNull();
  }

  @Test
  void aCallerDoesNotWaitLongerThanItsDeadlineForACommit() {
    engine = new OrchestratorFixture(TestDefinitions.workflow().post("pay", "{}").plan());
    answer = engine.execute("{}", 100);
    engine.journal.stopped = true;
    engine.succeed("pay");

    Failure failure = failure(answer);

    assertThat(failure.code()).isEqualTo(ErrorCode.ExecutionTimedOut);
    commit("pay");
    assertThat(engine.admission.inFlight()).isZero();
  }

  @Test
  void aHeldEffectIsSkippedWhenTheDeadlineComes() {
    engine = new OrchestratorFixture(TestDefinitions.workflow().post("pay", "{}").plan());
    engine.journal.stopped = true;
    answer = engine.execute("{}", 30);

    assertThat(failure(answer).code()).isEqualTo(ErrorCode.ExecutionTimedOut);
    commit("start");
    assertThat(engine.tasks.called).isEmpty();
    assertThat(engine.observed).contains("pay Skipped");
  }

  @Test
  void bufferedExecutionsWaitForNothing() {
    execute(
        TestDefinitions.workflow()
            .durability(Durability.Buffered)
            .post("pay", "{}")
            .post("ship", "{}", "pay"));

    engine.succeed("pay");
    engine.succeed("ship");

    result(answer);
    assertThat(engine.journal.labels()).containsExactly("start", "pay", "ship", "end");
  }
}
