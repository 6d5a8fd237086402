package dev.millrace.engine.execution;

import static dev.millrace.engine.execution.OrchestratorFixture.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.definition.HttpMethodName;
import dev.millrace.engine.definition.WorkflowTask;
import dev.millrace.engine.journal.ClaimedExecution;
import dev.millrace.engine.journal.ExecutionClaims;
import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.journal.ExecutionSummary;
import dev.millrace.engine.journal.Fact;
import dev.millrace.engine.journal.InMemoryJournal;
import dev.millrace.engine.journal.LocalExecutionSignals;
import dev.millrace.engine.plan.ExecutionPlan;
import dev.millrace.engine.plan.TestDefinitions;
import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import dev.millrace.engine.problem.FailureException;
import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.validation.ResourceSet;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Control and recovery over a record that several could have written. */
class ExecutionControlTest {
  private final InMemoryJournal history = new InMemoryJournal(100, 1 << 20);
  private OrchestratorFixture engine;
  private ExecutionControl control;

  @AfterEach
  void close() {
    engine.close();
  }

  private void start(TestDefinitions definitions) {
    engine = new OrchestratorFixture(definitions.plan());
    engine.journal.listener = history::append;
    control =
        new ExecutionControl(
            engine.vertx, engine.services, history, new LocalExecutionSignals(history), history);
  }

  private static TestDefinitions chain() {
    return TestDefinitions.workflow()
        .get("a", "{}")
        .get("b", "{'x':'{{tasks.a.output}}'}")
        .output("'{{tasks.b.output}}'");
  }

  private String id() {
    return engine.journal.facts.get(0).executionId();
  }

  private ExecutionStatus status() {
    return history.find(id()).result().orElseThrow().summary().status();
  }

  private static <T> Future<T> ended(Future<T> future) {
    Awaitility.await().until(future::isComplete);
    return future;
  }

  private static Failure refusal(Future<ExecutionSummary> future) {
    return ((FailureException) ended(future).cause()).failure();
  }

  /** One task has ended, and the execution stands still. */
  private void pauseAfterA() {
    Future<ExecutionResult> answer = engine.execute();
    assertThat(ended(control.pause(id())).result().status()).isEqualTo(ExecutionStatus.Running);
    engine.succeed("a");
    result(answer);
  }

  @Test
  void pausesAndResumesByTheDefinitionThatItBeganWith() {
    start(chain());
    pauseAfterA();
    assertThat(status()).isEqualTo(ExecutionStatus.Paused);
    engine.replacePlan(TestDefinitions.workflow().get("entirely-different", "{}").plan());

    ended(control.resume(id(), false));
    Awaitility.await().until(() -> engine.tasks.called.contains("b"));
    engine.succeed("b");

    assertThat(status()).isEqualTo(ExecutionStatus.Succeeded);
  }

  @Test
  void cancelsWhatRunsAndWhatStandsStill() {
    start(chain());
    engine.execute();
    ended(control.cancel(id()));
    Awaitility.await().until(() -> status() == ExecutionStatus.Cancelled);

    engine.journal.facts.clear();
    pauseAfterA();
    assertThat(ended(control.cancel(id())).succeeded()).isTrue();
    Awaitility.await().until(() -> status() == ExecutionStatus.Cancelled);
    assertThat(engine.tasks.called).containsExactly("a", "a");
  }

  @Test
  void refusesWhatTheStateDoesNotAllowAndNamesIt() {
    start(chain());
    Future<ExecutionResult> answer = engine.execute();
    assertThat(refusal(control.resume(id(), false)))
        .satisfies(
            failure -> {
              assertThat(failure.code()).isEqualTo(ErrorCode.IllegalTransition);
              assertThat(failure.detail()).contains("Running");
            });
    engine.succeed("a");
    engine.succeed("b");
    result(answer);

    assertThat(refusal(control.pause(id())).detail()).contains("Succeeded");
    assertThat(refusal(control.cancel(id())).detail()).contains("Succeeded");
    assertThat(refusal(control.resume(id(), true)).detail()).contains("Succeeded");
    assertThat(refusal(control.pause("nobody")).code()).isEqualTo(ErrorCode.UnknownExecution);
    assertThat(refusal(control.cancel("nobody")).code()).isEqualTo(ErrorCode.UnknownExecution);
    assertThat(refusal(control.resume("nobody", false)).code())
        .isEqualTo(ErrorCode.UnknownExecution);
  }

  @Test
  void goesOnByTheLatestDefinitionWhereThatIsProved() {
    start(chain());
    pauseAfterA();
    ExecutionPlan latest =
        TestDefinitions.workflow()
            .get("early", "{}")
            .get("a", "{}")
            .get("b", "{'y':'{{tasks.a.output}}'}")
            .output("'{{tasks.b.output}}'")
            .named("flow")
            .plan();
    engine.replacePlan(latest);

    ended(control.resume(id(), true));
    Awaitility.await().until(() -> engine.tasks.called.contains("early"));
    engine.succeed("early");
    engine.succeed("b");

    assertThat(engine.tasks.calls.get("b").input()).isEqualTo(TestDefinitions.json("{'y':'of a'}"));
    var record = history.find(id()).result().orElseThrow();
    assertThat(record.summary().status()).isEqualTo(ExecutionStatus.Succeeded);
    assertThat(record.planHash()).isEqualTo(latest.hash());
    assertThat(record.tasks())
        .extracting(task -> task.slot() + task.taskId())
        .containsExactly("0early", "1a", "2b");
  }

  @Test
  void doesNotGoOnByADefinitionThatDoesNotFit() {
    start(chain());
    pauseAfterA();
    engine.replacePlan(
        TestDefinitions.workflow()
            .get("first", "{}")
            .get("b", "{}")
            .inputSchema("{'required':['n']}")
            .named("flow")
            .plan());

    Failure refusal = refusal(control.resume(id(), true));

    assertThat(refusal.code()).isEqualTo(ErrorCode.IncompatibleDefinition);
    assertThat(refusal.problems())
        .extracting(Problem::message)
        .anyMatch(message -> message.contains("input does not fit"))
        .anyMatch(message -> message.contains("'a' has ended and is not there any more"));
    assertThat(status()).isEqualTo(ExecutionStatus.Paused);
  }

  private static WorkflowTask yielding(String schema) {
    WorkflowTask task =
        TestDefinitions.taskDefinition("ref-a", HttpMethodName.GET, "http://127.0.0.1:1/a");
    return TestDefinitions.withOutputSchema(task, schema);
  }

  @Test
  void whatHasBeenYieldedMustFitByProof() {
    start(
        TestDefinitions.workflow()
            .task(yielding("{'type':'string'}"))
            .step("a", "ref-a", "{}")
            .get("b", "{}", "a"));
    pauseAfterA();
    for (String narrower : List.of("{'type':'string','maxLength':3}", "{'type':'integer'}")) {
      engine.replacePlan(
          TestDefinitions.workflow()
              .task(yielding(narrower))
              .get("late", "{}")
              .step("a", "ref-a", "{}")
              .get("b", "{}", "a", "late")
              .plan());

      assertThat(refusal(control.resume(id(), true)).problems())
          .singleElement()
          .satisfies(
              problem -> {
                assertThat(problem.path()).isEqualTo("/spec/tasks/1");
                assertThat(problem.message()).contains("'a'", "may not fit");
              });
    }
  }

  @Test
  void whatHasEndedMustNotWaitForWhatIsToCome() {
    start(chain());
    pauseAfterA();
    engine.replacePlan(
        TestDefinitions.workflow().get("late", "{}").get("a", "{}", "late").get("b", "{}").plan());

    assertThat(refusal(control.resume(id(), true)).problems())
        .extracting(Problem::message)
        .containsExactly("task 'a' has ended, but waits for 'late' now, which has not");
  }

  @Test
  void doesNotGoOnByADefinitionThatIsGone() {
    start(chain());
    pauseAfterA();
    engine.services.catalog().update(new ResourceSet(List.of(), List.of()));

    assertThat(refusal(control.resume(id(), true)).code()).isEqualTo(ErrorCode.UnknownWorkflow);
  }

  @Test
  void anExecutionWhoseDefinitionWasNotKeptIsNotResumed() {
    start(chain());
    history.append(StateFixture.started(chain().plan()));
    history.append(new Fact.ExecutionPaused("execution-1", 2_000));

    assertThat(refusal(control.resume("execution-1", false)).code())
        .isEqualTo(ErrorCode.IncompatibleDefinition);
  }

  /** Claims that hand out what the test puts in. */
  private static final class Orphans implements ExecutionClaims {
    final Queue<Future<List<ClaimedExecution>>> next = new ArrayDeque<>();
    final List<Integer> limits = new ArrayList<>();

    @Override
    public Future<List<ClaimedExecution>> claimOrphans(int limit) {
      limits.add(limit);
      Future<List<ClaimedExecution>> found = next.poll();
      return found == null ? Future.succeededFuture(List.of()) : found;
    }

    @Override
    public Future<Optional<ClaimedExecution>> claimPaused(String executionId) {
      return Future.succeededFuture(Optional.empty());
    }

    @Override
    public Future<Optional<ClaimedExecution>> claimPausedToCancel(String executionId) {
      return Future.succeededFuture(Optional.empty());
    }

    @Override
    public Future<Optional<ClaimedExecution>> claimPaused(
        String executionId, String versionHash, String planHash, Map<Integer, Integer> slots) {
      return Future.succeededFuture(Optional.empty());
    }
  }

  private ClaimedExecution orphan() {
    engine.execute();
    engine.succeed("a");
    ClaimedExecution claimed =
        new ClaimedExecution(history.find(id()).result().orElseThrow(), null);
    engine.run(engine.orchestrators::loseAll);
    engine.tasks.called.clear();
    return claimed;
  }

  @Test
  void recoveryRunsWhatItClaimsAndLooksAgain() {
    start(chain());
    Orphans orphans = new Orphans();
    orphans.next.add(Future.failedFuture("no database yet"));
    orphans.next.add(Future.succeededFuture(List.of(orphan())));
    ExecutionRecovery recovery = new ExecutionRecovery(engine.vertx, engine.services, orphans);

    assertThat(ended(recovery.start(Duration.ofMillis(20))).succeeded()).isTrue();
    Awaitility.await().until(() -> engine.tasks.called.contains("b"));
    recovery.stop();
    engine.succeed("b");

    assertThat(status()).isEqualTo(ExecutionStatus.Succeeded);
    assertThat(orphans.limits).startsWith(10, 10);
  }

  @Test
  void recoveryTakesNoMoreThanThereIsRoomFor() {
    start(chain());
    Orphans orphans = new Orphans();
    for (int count = 0; count < 10; count++) {
      engine.execute();
    }
    ExecutionRecovery recovery = new ExecutionRecovery(engine.vertx, engine.services, orphans);

    ended(recovery.look());
    engine.journal.full = true;
    ended(recovery.look());

    assertThat(orphans.limits).isEmpty();
  }

  @Test
  void anOrphanWithoutItsDefinitionEndsAsInterrupted() {
    start(chain());
    history.append(StateFixture.started(chain().plan()));
    Orphans orphans = new Orphans();
    orphans.next.add(
        Future.succeededFuture(
            List.of(
                new ClaimedExecution(history.find("execution-1").result().orElseThrow(), null))));

    ended(new ExecutionRecovery(engine.vertx, engine.services, orphans).look());

    assertThat(history.find("execution-1").result().orElseThrow())
        .satisfies(
            record -> {
              assertThat(record.summary().status()).isEqualTo(ExecutionStatus.Interrupted);
              assertThat(record.failure().code()).isEqualTo(ErrorCode.ExecutionInterrupted);
            });
  }

  @Test
  void aClosedProcessResumesNothing() {
    start(chain());
    pauseAfterA();
    engine.run(engine.orchestrator::close);

    assertThat(refusal(control.resume(id(), false)).code()).isEqualTo(ErrorCode.Draining);
    assertThat(status()).isEqualTo(ExecutionStatus.Paused);
  }

  @Test
  void ofTwoWhoResumeOneIsRefused() {
    start(chain());
    pauseAfterA();
    ExecutionControl slower =
        new ExecutionControl(
            engine.vertx,
            engine.services,
            history,
            new LocalExecutionSignals(history),
            new Orphans());

    assertThat(refusal(slower.resume(id(), false)).code()).isEqualTo(ErrorCode.IllegalTransition);
  }
}
