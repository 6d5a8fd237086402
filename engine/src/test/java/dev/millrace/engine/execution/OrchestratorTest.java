package dev.millrace.engine.execution;

import static dev.millrace.engine.execution.OrchestratorFixture.failure;
import static dev.millrace.engine.execution.OrchestratorFixture.result;
import static dev.millrace.engine.plan.TestDefinitions.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.millrace.engine.catalog.TestCatalogs;
import dev.millrace.engine.definition.Durability;
import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.journal.Fact;
import dev.millrace.engine.journal.TaskStatus;
import dev.millrace.engine.plan.ExecutionPlan;
import dev.millrace.engine.plan.TestDefinitions;
import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import dev.millrace.engine.problem.ResourceKind;
import dev.millrace.engine.problem.ResourceName;
import dev.millrace.engine.validation.Edge;
import dev.millrace.engine.validation.Verdict;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OrchestratorTest {
  private OrchestratorFixture engine;

  @AfterEach
  void close() {
    engine.close();
  }

  private static ExecutionPlan diamond() {
    return TestDefinitions.workflow()
        .get("start", "{'n':'{{input.n}}'}")
        .get("left", "{'x':'{{tasks.start.output}}'}")
        .get("right", "{'x':'{{tasks.start.output}}'}")
        .get("after-right", "{'x':'{{tasks.right.output}}'}")
        .output("{'left':'{{tasks.left.output}}','right':'{{tasks.after-right.output}}'}")
        .plan();
  }

  @Test
  void runsADiamondByItsDependencies() {
    engine = new OrchestratorFixture(diamond());
    Future<ExecutionResult> answer = engine.execute("{'n':7}");
    assertThat(engine.tasks.called).containsExactly("start");
    assertThat(engine.tasks.calls.get("start").input()).isEqualTo(json("{'n':7}"));

    engine.succeed("start");
    engine.succeed("right");
    assertThat(engine.tasks.called).containsExactly("start", "left", "right", "after-right");
    engine.clock.nanos += 12_345_000;
    engine.succeed("after-right");
    assertThat(answer.isComplete()).isFalse();
    engine.succeed("left");

    ExecutionResult result = result(answer);
    assertThat(result.status()).isEqualTo(ExecutionStatus.Succeeded);
    assertThat(result.output()).isEqualTo(json("{'left':'of left','right':'of after-right'}"));
    assertThat(result.workflow()).isEqualTo("flow");
    assertThat(result.version()).isEqualTo("sha256:flow");
    assertThat(result.durationNanos()).isEqualTo(12_345_000);
    assertThat(result.startedAtMicros()).isEqualTo(1_700_000_000_000_000L);
    assertThat(result.executionId()).matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab].*");
    assertThat(result.tasks())
        .extracting(TaskResult::id)
        .containsExactly("start", "left", "right", "after-right");
    assertThat(result.tasks()).extracting(TaskResult::attempts).containsOnly(1);
    assertThat(engine.observed)
        .containsExactly(
            "started default/flow",
            "start Succeeded",
            "right Succeeded",
            "after-right Succeeded",
            "left Succeeded",
            "ended Succeeded");
    assertThat(engine.admission.inFlight()).isZero();
    assertThat(engine.orchestrator.inFlight()).isZero();
  }

  @Test
  void givesEachCallWhatItNeeds() {
    engine = new OrchestratorFixture(diamond());
    engine.execute("{'n':7}", 500);

    var call = engine.tasks.calls.get("start");
    assertThat(call.deadlineNanos()).isEqualTo(engine.clock.nanos + 500_000_000L);
    assertThat(call.timeoutMillis()).isEqualTo(30_000);
    assertThat(call.retry().maxAttempts()).isEqualTo(1);
    assertThat(call.task().name().name()).isEqualTo("ref-start");
  }

  @Test
  void aCallerCannotRaiseTheDeadline() {
    engine = new OrchestratorFixture(diamond());
    engine.execute("{'n':7}", 99_000);

    assertThat(engine.tasks.calls.get("start").deadlineNanos())
        .isEqualTo(engine.clock.nanos + 30_000_000_000L);
  }

  @Test
  void aLongChainOfImmediateTasksDoesNotNest() {
    TestDefinitions definitions = TestDefinitions.workflow().get("t0", "{}");
    for (int task = 1; task < 200; task++) {
      definitions.get("t" + task, "{'x':'{{tasks.t" + (task - 1) + ".output.y ?? 1}}'}");
    }
    engine = new OrchestratorFixture(definitions.output("'{{tasks.t199.output.x}}'").plan());
    engine.tasks.immediate();

    assertThat(result(engine.execute()).output()).isEqualTo(json("1"));
    assertThat(engine.tasks.called).hasSize(200);
  }

  @Test
  void theFirstFinalFailureEndsTheExecution() {
    engine =
        new OrchestratorFixture(
            TestDefinitions.workflow()
                .get("a", "{}")
                .get("b", "{}")
                .get("c", "{'x':'{{tasks.b.output}}'}")
                .plan());
    Future<ExecutionResult> answer = engine.execute();

    engine.run(() -> engine.tasks.fail("a", ErrorCode.UpstreamStatus));

    Failure failure = failure(answer);
    assertThat(failure.code()).isEqualTo(ErrorCode.UpstreamStatus);
    assertThat(failure.taskId()).isEqualTo("a");
    assertThat(failure.taskRef()).isEqualTo("ref-a");
    assertThat(failure.attempts()).isEqualTo(1);
    assertThat(failure.upstreamStatus()).isEqualTo(503);
    assertThat(failure.executionId()).isNotNull();
    assertThat(engine.tasks.cancelled).containsExactly("b");
    assertThat(engine.tasks.called).containsExactly("a", "b");
    assertThat(engine.observed)
        .containsExactly(
            "started default/flow", "a Failed", "b Cancelled", "c Skipped", "ended Failed");
    assertThat(engine.journal.labels()).containsExactly("start", "a", "b", "c", "end");
    Fact.TaskEnded cancelled = (Fact.TaskEnded) engine.journal.facts.get(2);
    assertThat(cancelled.status()).isEqualTo(TaskStatus.Cancelled);
    assertThat(cancelled.attempts()).hasSize(1);
  }

  @Test
  void goesOnWithTheLiteralOutputOfAFailedTask() {
    engine =
        new OrchestratorFixture(
            TestDefinitions.workflow()
                .optional("a", "{}", "{'known':false}")
                .output("'{{tasks.a.output.known}}'")
                .plan());
    Future<ExecutionResult> answer = engine.execute();

    engine.run(() -> engine.tasks.fail("a", ErrorCode.CircuitOpen));

    assertThat(result(answer).output()).isEqualTo(json("false"));
    assertThat(result(answer).tasks().get(0).status()).isEqualTo(TaskStatus.Failed);
  }

  @Test
  void theDeadlineEndsTheExecution() {
    engine = new OrchestratorFixture(diamond());
    Future<ExecutionResult> answer = engine.execute("{}", 30);

    Failure failure = failure(answer);

    assertThat(failure.code()).isEqualTo(ErrorCode.ExecutionTimedOut);
    assertThat(failure.executionId()).isNotNull();
    assertThat(engine.onLoop(() -> List.copyOf(engine.tasks.cancelled))).containsExactly("start");
    assertThat(engine.observed).last().isEqualTo("ended TimedOut");
  }

  @Test
  void aTaskThatGivesUpAtTheDeadlineIsTheExecutionsTimeout() {
    engine = new OrchestratorFixture(diamond());
    Future<ExecutionResult> answer = engine.execute();
    engine.clock.nanos += 30_000_000_000L;

    engine.run(() -> engine.tasks.fail("start", ErrorCode.TaskTimedOut));

    assertThat(failure(answer).code()).isEqualTo(ErrorCode.ExecutionTimedOut);
  }

  @Test
  void aCallerThatLeavesCancelsWhatIsInFlight() {
    engine = new OrchestratorFixture(diamond());
    Future<ExecutionResult> answer = engine.execute();

    engine.run(engine.caller::cancel);

    assertThat(failure(answer).code()).isEqualTo(ErrorCode.ExecutionCancelled);
    assertThat(engine.tasks.cancelled).containsExactly("start");
    assertThat(engine.observed).last().isEqualTo("ended Cancelled");
    assertThat(engine.admission.inFlight()).isZero();
  }

  @Test
  void aCallerThatLeftBeforeCallsNothing() {
    engine = new OrchestratorFixture(diamond());
    engine.run(engine.caller::cancel);

    Future<ExecutionResult> answer = engine.execute();

    assertThat(failure(answer).code()).isEqualTo(ErrorCode.ExecutionCancelled);
    assertThat(engine.tasks.called).isEmpty();
  }

  @Test
  void aFaultOfTheRunnerIsAnInternalError() {
    engine = new OrchestratorFixture(diamond());
    Future<ExecutionResult> answer = engine.execute();

    engine.run(() -> engine.tasks.explode("start"));

    Failure failure = failure(answer);
    assertThat(failure.code()).isEqualTo(ErrorCode.InternalError);
    assertThat(failure.taskId()).isEqualTo("start");
  }

  @Test
  void refusesAnUnknownWorkflowWithTheNearestName() {
    engine = new OrchestratorFixture(diamond());

    Failure failure = failure(engine.execute("flwo", "{}", 0));

    assertThat(failure.code()).isEqualTo(ErrorCode.UnknownWorkflow);
    assertThat(failure.detail()).contains("'flwo'").contains("did you mean 'flow'?");
    assertThat(failure(engine.execute("x".repeat(5_000), "{}", 0)).detail()).hasSizeLessThan(300);
  }

  @Test
  void refusesAWorkflowThatNeverWasGood() {
    engine = new OrchestratorFixture(TestCatalogs.broken(TestDefinitions.workflow()), 1);

    Failure failure = failure(engine.execute());

    assertThat(failure.code()).isEqualTo(ErrorCode.WorkflowNotReady);
    assertThat(failure.problems()).hasSize(1);
  }

  @Test
  void refusesAnInputThatBreaksTheSchemaWithEveryError() {
    engine =
        new OrchestratorFixture(
            TestDefinitions.workflow()
                .inputSchema("{'type':'object','required':['a','b']}")
                .plan());

    Failure failure = failure(engine.execute("{}"));

    assertThat(failure.code()).isEqualTo(ErrorCode.InvalidInput);
    assertThat(failure.errors()).hasSize(2);
    assertThat(engine.admission.inFlight()).isZero();
    assertThat(engine.journal.facts).isEmpty();
  }

  @Test
  void refusesMoreExecutionsThanMayBeInFlight() {
    engine = new OrchestratorFixture(TestCatalogs.of(diamond()), 1);
    Future<ExecutionResult> first = engine.execute();

    Failure failure = failure(engine.execute());

    assertThat(failure.code()).isEqualTo(ErrorCode.TooManyExecutions);
    assertThat(failure.retryAfter()).isNotNull();
    engine.run(engine.caller::cancel);
    failure(first);
    assertThat(engine.admission.inFlight()).isZero();
  }

  @Test
  void drainsWhatIsInFlightAndRefusesWhatComes() {
    engine = new OrchestratorFixture(diamond());
    engine.execute();

    Future<Void> drained = engine.admission.drain();

    assertThat(failure(engine.execute()).code()).isEqualTo(ErrorCode.Draining);
    assertThat(drained.isComplete()).isFalse();
    engine.run(engine.caller::cancel);
    assertThat(drained.isComplete()).isTrue();
  }

  @Test
  void aFullJournalRefusesWhatMustBeRecorded() {
    engine =
        new OrchestratorFixture(
            TestCatalogs.of(
                TestDefinitions.workflow().named("durable").plan(),
                TestDefinitions.workflow().named("light").durability(Durability.Buffered).plan(),
                TestDefinitions.workflow().named("none").durability(Durability.None).plan()),
            10);
    engine.journal.full = true;

    assertThat(failure(engine.execute("durable", "{}", 0)).code()).isEqualTo(ErrorCode.JournalFull);
    assertThat(failure(engine.execute("light", "{}", 0)).code()).isEqualTo(ErrorCode.JournalFull);
    assertThat(result(engine.execute("none", "{}", 0)).output()).isEqualTo(json("{}"));
    assertThat(engine.journal.facts).isEmpty();
  }

  @Test
  void checksATaskInputThatIsNotProved() {
    TestDefinitions definitions = TestDefinitions.workflow();
    var strict =
        TestDefinitions.taskDefinition(
            "strict", dev.millrace.engine.definition.HttpMethodName.GET, "http://127.0.0.1:1/");
    definitions.task(TestDefinitions.withInputSchema(strict, "{'required':['x']}"));
    definitions.step("a", "strict", "{'x':'{{input.x}}'}");
    var name = new ResourceName(ResourceKind.Workflow, "default", "flow");
    var unproved = new Edge(name, "input.x", "/spec/tasks/0/input/x", Verdict.UNPROVED, null);
    engine = new OrchestratorFixture(definitions.plan(List.of(unproved)));

    Failure failure = failure(engine.execute("{}"));

    assertThat(failure.code()).isEqualTo(ErrorCode.InvalidTaskInput);
    assertThat(failure.taskId()).isEqualTo("a");
    assertThat(failure.errors()).hasSize(1);
    assertThat(engine.tasks.called).isEmpty();
  }

  @Test
  void checksAnOutputThatIsNotProved() {
    var name = new ResourceName(ResourceKind.Workflow, "default", "flow");
    var unproved = new Edge(name, "input.x", "/spec/output", Verdict.UNPROVED, null);
    engine =
        new OrchestratorFixture(
            TestDefinitions.workflow()
                .output("'{{input.x}}'")
                .outputSchema("{'type':'number'}")
                .plan(List.of(unproved)));

    assertThat(failure(engine.execute("{'x':'text'}")).code()).isEqualTo(ErrorCode.InvalidOutput);
    assertThat(result(engine.execute("{'x':1}")).output()).isEqualTo(json("1"));
  }

  @Test
  void aValueThatCannotBePutIntoATextFailsItsPlace() {
    engine =
        new OrchestratorFixture(
            TestCatalogs.of(
                TestDefinitions.workflow().named("task").get("a", "{'t':'x{{input.o}}'}").plan(),
                TestDefinitions.workflow().named("output").output("'x{{input.o}}'").plan(),
                TestDefinitions.workflow().named("absent").output("'{{input.none}}'").plan()),
            10);

    Failure inTask = failure(engine.execute("task", "{'o':{}}", 0));
    assertThat(inTask.code()).isEqualTo(ErrorCode.InvalidTaskInput);
    assertThat(inTask.taskId()).isEqualTo("a");
    assertThat(failure(engine.execute("output", "{'o':{}}", 0)).code())
        .isEqualTo(ErrorCode.InvalidOutput);
    assertThat(result(engine.execute("absent", "{}", 0)).output()).isEqualTo(json("null"));
  }

  @Test
  void closingInterruptsWhatStillRuns() {
    engine =
        new OrchestratorFixture(
            TestCatalogs.of(
                TestDefinitions.workflow().named("durable").get("a", "{}").plan(),
                TestDefinitions.workflow()
                    .named("light")
                    .get("b", "{}")
                    .durability(Durability.Buffered)
                    .plan()),
            10);
    Future<ExecutionResult> durable = engine.execute("durable", "{}", 0);
    Future<ExecutionResult> light = engine.execute("light", "{}", 0);

    engine.run(engine.orchestrator::close);

    assertThat(failure(durable).code()).isEqualTo(ErrorCode.Draining);
    assertThat(failure(light).code()).isEqualTo(ErrorCode.Draining);
    assertThat(engine.tasks.cancelled).containsExactlyInAnyOrder("a", "b");
    // The durable one is left as it is, for whoever resumes it.
    assertThat(engine.journal.labels()).containsExactly("start", "start", "b", "end");
    assertThat(failure(engine.execute("light", "{}", 0)).code()).isEqualTo(ErrorCode.Draining);
    assertThat(engine.admission.inFlight()).isZero();
  }

  @Test
  void isNotCalledFromOtherThreads() {
    engine = new OrchestratorFixture(diamond());

    assertThatIllegalStateException().isThrownBy(() -> engine.orchestrator.execute(null));
  }

  @Test
  void anExecutionKeepsThePlanThatItBeganWith() {
    engine =
        new OrchestratorFixture(
            TestDefinitions.workflow()
                .get("a", "{}")
                .timeout(Duration.ofSeconds(5))
                .output("'old'")
                .plan());
    Future<ExecutionResult> answer = engine.execute();

    engine.replacePlan(TestDefinitions.workflow().output("'new'").plan());
    engine.succeed("a");

    assertThat(result(answer).output()).isEqualTo(json("'old'"));
    assertThat(result(engine.execute()).output()).isEqualTo(json("'new'"));
  }
}
