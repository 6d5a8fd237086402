package dev.millrace.engine.execution;

import static dev.millrace.engine.execution.OrchestratorFixture.failure;
import static dev.millrace.engine.execution.OrchestratorFixture.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.definition.Durability;
import dev.millrace.engine.definition.RecoveryPolicy;
import dev.millrace.engine.definition.RecoveryPolicy.OnFailedTask;
import dev.millrace.engine.definition.RecoveryPolicy.OnInterruption;
import dev.millrace.engine.journal.ClaimedExecution;
import dev.millrace.engine.journal.ControlRequest;
import dev.millrace.engine.journal.ExecutionRecord;
import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.journal.Fact;
import dev.millrace.engine.journal.InMemoryJournal;
import dev.millrace.engine.plan.ExecutionPlan;
import dev.millrace.engine.plan.TestDefinitions;
import dev.millrace.engine.problem.ErrorCode;
import io.vertx.core.Future;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pause, cancel and take-over, seen at one orchestrator. */
class ControlTest {
  private OrchestratorFixture engine;

  @AfterEach
  void close() {
    engine.close();
  }

  private void start(TestDefinitions definitions) {
    engine = new OrchestratorFixture(definitions.plan());
  }

  private String id() {
    return engine.journal.facts.get(0).executionId();
  }

  private void ask(ControlRequest request) {
    engine.run(() -> engine.orchestrators.request(id(), request));
  }

  /** What the journal of this engine has recorded, as another gateway would claim it. */
  private ClaimedExecution claimed(ControlRequest requested) {
    InMemoryJournal history = new InMemoryJournal(10, 1 << 20);
    for (Fact fact : engine.journal.facts) {
      history.append(fact);
    }
    ExecutionRecord record = history.find(id()).result().orElseThrow();
    return new ClaimedExecution(record, requested);
  }

  private void adopt(ClaimedExecution claimed, ExecutionPlan plan, boolean interrupted) {
    engine.run(() -> engine.orchestrators.adopt(new Adoption(claimed, plan, interrupted)));
  }

  /** This gateway dies; what it did is forgotten, and it is asked to go on with the record. */
  private void takeOver(ControlRequest requested) {
    ClaimedExecution claimed = claimed(requested);
    engine.run(engine.orchestrators::loseAll);
    engine.tasks.called.clear();
    engine.journal.facts.clear();
    engine.observed.clear();
    adopt(claimed, engine.services.catalog().snapshot().workflows().get(0).plan(), true);
  }

  private static TestDefinitions chain() {
    return TestDefinitions.workflow()
        .get("a", "{}")
        .post("b", "{'x':'{{tasks.a.output}}'}")
        .get("c", "{'x':'{{tasks.b.output}}'}")
        .output("'{{tasks.c.output}}'");
  }

  @Test
  void aPausedExecutionLetsCallsInFlightEndAndBeginsNone() {
    start(chain());
    Future<ExecutionResult> answer = engine.execute();

    ask(ControlRequest.Pause);
    assertThat(answer.isComplete()).isFalse();
    engine.succeed("a");

    ExecutionResult paused = result(answer);
    assertThat(paused.status()).isEqualTo(ExecutionStatus.Paused);
    assertThat(paused.output()).isNull();
    assertThat(engine.tasks.called).containsExactly("a");
    assertThat(engine.journal.labels()).containsExactly("start", "a", "pause");
    assertThat(engine.observed).endsWith("a Succeeded", "paused");
    assertThat(engine.admission.inFlight()).isZero();
  }

  @Test
  void aPauseIsAnsweredWhenItIsCommitted() {
    start(chain());
    Future<ExecutionResult> answer = engine.execute();
    engine.journal.stopped = true;
    ask(ControlRequest.Pause);
    engine.succeed("a");
    assertThat(answer.isComplete()).isFalse();

    engine.run(() -> engine.journal.commit("pause"));

    assertThat(result(answer).status()).isEqualTo(ExecutionStatus.Paused);
  }

  @Test
  void aTaskThatFailsWhileThePauseIsAwaitedEndsTheExecution() {
    start(chain());
    Future<ExecutionResult> answer = engine.execute();
    ask(ControlRequest.Pause);

    engine.run(() -> engine.tasks.fail("a", ErrorCode.UpstreamStatus));

    assertThat(failure(answer).code()).isEqualTo(ErrorCode.UpstreamStatus);
  }

  @Test
  void aPausedExecutionIsResumedWhereItStood() {
    start(chain());
    Future<ExecutionResult> answer = engine.execute();
    ask(ControlRequest.Pause);
    engine.succeed("a");
    result(answer);
    ClaimedExecution claimed = claimed(null);

    adopt(claimed, engine.services.catalog().snapshot().workflows().get(0).plan(), false);
    engine.succeed("b");
    engine.succeed("c");

    assertThat(engine.tasks.called).containsExactly("a", "b", "c");
    assertThat(engine.tasks.calls.get("b").input()).isEqualTo(TestDefinitions.json("{'x':'of a'}"));
    assertThat(engine.journal.labels()).containsExactly("start", "a", "pause", "b", "c", "end");
    assertThat(engine.observed).contains("resumed").endsWith("ended Succeeded");
    assertThat(engine.admission.inFlight()).isZero();
  }

  @Test
  void aCancelledExecutionCancelsItsCallsAndTellsItsCaller() {
    start(chain());
    Future<ExecutionResult> answer = engine.execute();

    ask(ControlRequest.Cancel);

    assertThat(failure(answer).code()).isEqualTo(ErrorCode.ExecutionCancelled);
    assertThat(engine.tasks.cancelled).containsExactly("a");
    assertThat(engine.observed).endsWith("ended Cancelled");
  }

  @Test
  void whatIsAskedOfSomebodyElsesExecutionChangesNothing() {
    start(chain());
    Future<ExecutionResult> answer = engine.execute();

    engine.run(() -> engine.orchestrators.request("another", ControlRequest.Cancel));
    engine.succeed("a");
    engine.succeed("b");
    engine.succeed("c");

    assertThat(result(answer).status()).isEqualTo(ExecutionStatus.Succeeded);
    ask(ControlRequest.Cancel);
    assertThat(engine.observed).endsWith("ended Succeeded");
  }

  @Test
  void aTakenOverExecutionDoesNotRepeatWhatHasEnded() {
    start(chain());
    engine.execute();
    engine.succeed("a");
    engine.succeed("b");

    takeOver(null);
    engine.succeed("c");

    assertThat(engine.tasks.called).containsExactly("c");
    assertThat(engine.journal.labels()).containsExactly("c", "end");
    assertThat(engine.observed).containsExactly("resumed", "c Succeeded", "ended Succeeded");
  }

  @Test
  void anEffectThatWasInFlightIsCalledAgain() {
    start(chain());
    engine.execute();
    engine.succeed("a");
    assertThat(engine.tasks.called).containsExactly("a", "b");

    takeOver(null);

    assertThat(engine.tasks.called).containsExactly("b");
  }

  @Test
  void whoeverTakesOverDoesWhatWasAskedBefore() {
    start(chain());
    engine.execute();
    engine.succeed("a");

    takeOver(ControlRequest.Cancel);
    assertThat(engine.tasks.called).isEmpty();
    assertThat(engine.observed).endsWith("ended Cancelled");
  }

  @Test
  void whoeverTakesOverPausesWithoutBeginningAnything() {
    start(chain());
    engine.execute();
    engine.succeed("a");

    takeOver(ControlRequest.Pause);

    assertThat(engine.tasks.called).isEmpty();
    assertThat(engine.journal.labels()).containsExactly("pause");
  }

  @Test
  void aWorkflowMayWantItsExecutionsToEndInstead() {
    start(chain().recovery(new RecoveryPolicy(OnInterruption.Fail, OnFailedTask.Retry)));
    engine.execute();
    engine.succeed("a");

    takeOver(null);

    assertThat(engine.tasks.called).isEmpty();
    assertThat(engine.observed).contains("c Skipped").endsWith("ended Interrupted");
  }

  @Test
  void aBufferedExecutionIsNotContinuedAsItsRecordMayHaveGaps() {
    start(chain().durability(Durability.Buffered));
    engine.execute();
    engine.succeed("a");

    takeOver(null);

    assertThat(engine.observed).endsWith("ended Interrupted");
  }

  private void failBeforeTheGatewayDies(OnFailedTask policy) {
    start(
        TestDefinitions.workflow()
            .get("a", "{}")
            .get("b", "{}")
            .recovery(new RecoveryPolicy(OnInterruption.Resume, policy)));
    engine.execute();
    engine.run(() -> engine.tasks.fail("a", ErrorCode.UpstreamStatus));
    engine.journal.facts.remove(engine.journal.facts.size() - 1);
    assertThat(engine.journal.labels()).containsExactly("start", "a", "b");

    takeOver(null);
  }

  @Test
  void aTaskThatHadFailedIsCalledAgain() {
    failBeforeTheGatewayDies(OnFailedTask.Retry);

    assertThat(engine.tasks.called).containsExactly("a", "b");
  }

  @Test
  void aTaskThatHadFailedStaysSoWhereTheWorkflowSaysSo() {
    failBeforeTheGatewayDies(OnFailedTask.Skip);

    assertThat(engine.tasks.called).isEmpty();
    assertThat(engine.observed).endsWith("b Skipped", "ended Failed");
  }

  @Test
  void anotherOutputThatTheWorkflowGoesOnWithStands() {
    start(TestDefinitions.workflow().optional("a", "{}", "'none'").get("b", "{}", "a"));
    engine.execute();
    engine.run(() -> engine.tasks.fail("a", ErrorCode.UpstreamStatus));

    takeOver(null);

    assertThat(engine.tasks.called).containsExactly("b");
  }

  @Test
  void aRecordThatDoesNotFitItsDefinitionEndsAsInterrupted() {
    start(chain());
    engine.execute();
    engine.succeed("a");
    ClaimedExecution claimed = claimed(null);
    engine.run(engine.orchestrators::loseAll);
    engine.journal.facts.clear();

    adopt(claimed, TestDefinitions.workflow().get("other", "{}").plan(), true);

    assertThat(engine.journal.facts)
        .singleElement()
        .isInstanceOfSatisfying(
            Fact.ExecutionEnded.class,
            ended -> assertThat(ended.status()).isEqualTo(ExecutionStatus.Interrupted));
  }

  @Test
  void anExecutionWaitsUntilItsDefinitionIsKept() {
    ExecutionPlan plan = chain().plan();
    engine = new OrchestratorFixture(plan);
    ExecutionPlan other = chain().named("other").plan();
    engine.replacePlan(other);
    assertThat(engine.plans.isKept(other)).isFalse();

    engine.execute("other", "{}", 0);
    engine.run(() -> {});

    assertThat(engine.plans.isKept(other)).isTrue();
    assertThat(engine.journal.facts)
        .first()
        .isInstanceOfSatisfying(
            Fact.ExecutionStarted.class,
            started -> assertThat(started.planHash()).isEqualTo(other.hash()));
    assertThat(List.copyOf(engine.tasks.called)).containsExactly("a");
  }
}
