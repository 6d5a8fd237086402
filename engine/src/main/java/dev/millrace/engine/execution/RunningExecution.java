package dev.millrace.engine.execution;

import dev.millrace.engine.definition.Durability;
import dev.millrace.engine.journal.ExecutionLostException;
import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.plan.ExecutionPlan;
import dev.millrace.engine.plan.PlannedTask;
import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import dev.millrace.engine.schema.SchemaError;
import dev.millrace.engine.task.Cancellation;
import dev.millrace.engine.task.TaskCall;
import dev.millrace.engine.task.TaskOutcome;
import dev.millrace.engine.task.Timers;
import dev.millrace.engine.task.TraceContext;
import dev.millrace.engine.template.RenderException;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * One execution on its way: moves its {@link ExecutionState} by calling tasks, and answers. Owned
 * by its {@link Orchestrator}, lives on that event loop.
 *
 * <p>Tasks that complete at once do not nest: {@link #advance} is the one loop that begins tasks,
 * and whatever happens inside of it only changes the state that the loop looks at.
 */
final class RunningExecution {
  private static final Logger LOG = LoggerFactory.getLogger(RunningExecution.class);

  private final Orchestrator owner;
  private final ExecutionPlan plan;
  private final ExecutionState state;
  private final ExecutionRecorder recorder;
  private final ExecutionTime time;
  private final TraceContext trace;
  private final Cancellation caller;
  private final Cancellation calls = new Cancellation();
  private final Runnable callerLeft = this::callerLeft;
  private final Promise<ExecutionResult> answer = Promise.promise();

  private Future<Void> pause;
  private Timers.Alarm deadline;
  private boolean advancing;
  private boolean answered;

  /**
   * An execution that does not run yet.
   *
   * @param state as it begins, or as it was recorded
   * @param caller who waits for the answer
   */
  RunningExecution(
      Orchestrator owner,
      ExecutionState state,
      ExecutionTime time,
      TraceContext trace,
      Cancellation caller) {
    this.owner = owner;
    this.plan = state.plan();
    this.state = state;
    this.recorder = new ExecutionRecorder(state, owner.journal, owner.observer, owner.ownership);
    this.time = time;
    this.trace = trace;
    this.caller = caller;
  }

  /** Runs from its beginning to the end. */
  Future<ExecutionResult> run() {
    recorder.started();
    setAlarm();
    caller.onCancel(callerLeft);
    advance();
    return answer.future();
  }

  /** Runs from where its record broke off to the end. */
  Future<ExecutionResult> resume() {
    recorder.resumed();
    setAlarm();
    if (state.isStopping()) {
      end(ExecutionStatus.Failed, null, state.failure());
    } else {
      advance();
    }
    return answer.future();
  }

  /** Stands still where its record broke off. */
  Future<ExecutionResult> standStill() {
    if (state.isStopping()) {
      return resume();
    }
    recorder.resumed();
    setAlarm();
    pause();
    return answer.future();
  }

  /** Ends from where its record broke off, without running. */
  Future<ExecutionResult> endAs(ExecutionStatus status, Failure reason) {
    recorder.resumed();
    setAlarm();
    end(status, null, reason);
    return answer.future();
  }

  private void setAlarm() {
    deadline = owner.timers.schedule(time.timeoutMillis(), this::deadlinePassed);
  }

  /** Begins every task that may begin, until nothing moves any more without an outcome. */
  private void advance() {
    if (advancing || answered) {
      return;
    }
    advancing = true;
    int slot = state.takeReady(time.now());
    while (slot >= 0) {
      begin(slot);
      slot = state.takeReady(time.now());
    }
    advancing = false;
    if (state.readyToSucceed()) {
      mapOutput();
    } else if (state.status() == ExecutionStatus.Paused) {
      pauseWhenStill();
    }
  }

  /**
   * Begins no task any more and answers when those in flight have ended and all is recorded.
   * Without effect when the execution has come to its end, or stands still already.
   */
  void pause() {
    if (!answered && state.status() == ExecutionStatus.Running) {
      state.pause();
      pauseWhenStill();
    }
  }

  private void pauseWhenStill() {
    if (pause == null && state.running() == 0) {
      pause = recorder.paused(time.now());
      owner.journal.hurry();
      pause.onComplete((nothing, cause) -> onLoop(() -> paused(cause)));
    }
  }

  private void paused(Throwable cause) {
    if (answered) {
      return;
    }
    if (cause == null) {
      close();
      answer.complete(recorder.result(time.now()));
    } else {
      notRecorded(cause);
    }
  }

  /** Ends, because somebody other than its caller wants it to. */
  void cancel() {
    if (!answered && pause == null && !state.isEnded()) {
      end(ExecutionStatus.Cancelled, null, Failures.cancelledByRequest());
    }
  }

  private void begin(int slot) {
    PlannedTask task = plan.task(slot);
    if (task.effect() && waitsForCommits(slot)) {
      return;
    }
    JsonNode input;
    List<SchemaError> errors = List.of();
    try {
      input = task.input().render(state);
      if (task.inputCheck() != null) {
        errors = task.inputCheck().validate(input);
      }
    } catch (RenderException unusable) {
      Failure failure = unusable.failure(ErrorCode.InvalidTaskInput);
      taskFailed(slot, failure.inTask(task.id(), task.taskRef(), 0, 0));
      return;
    } catch (RuntimeException fault) {
      taskFailed(slot, fault(slot, "the input of a task was made", fault));
      return;
    }
    state.called(slot, input);
    if (!errors.isEmpty()) {
      taskFailed(slot, Failures.invalidTaskInput(task, errors));
      return;
    }
    call(slot, task, input);
  }

  /** Whether an effect must wait; it comes back when the commit that it waits for is done. */
  private boolean waitsForCommits(int slot) {
    Future<Void> commit = recorder.commitBeforeEffect(slot);
    if (commit == null) {
      return false;
    }
    state.hold(slot);
    if (!commit.failed()) {
      owner.journal.hurry();
      commit.onComplete((nothing, cause) -> onLoop(() -> committed(slot)));
    } else if (commit.cause() instanceof ExecutionLostException) {
      stop(Failures.lost());
    } else {
      end(ExecutionStatus.Failed, null, Failures.journalFull());
    }
    return true;
  }

  private void committed(int slot) {
    if (!answered && !state.isEnded()) {
      state.release(slot);
      advance();
    }
  }

  private void call(int slot, PlannedTask task, JsonNode input) {
    var call =
        new TaskCall(
            task.task(),
            state.started().executionId(),
            task.id(),
            task.retry(),
            task.timeoutMillis(),
            input,
            time.deadlineNanos(),
            trace,
            calls,
            recorder.clearance(task));
    Future<TaskOutcome> outcome;
    try {
      outcome = owner.runner.run(call);
    } catch (RuntimeException fault) {
      taskFailed(slot, fault(slot, "a task was called", fault));
      return;
    }
    if (outcome.isComplete()) {
      taskEnded(slot, outcome.result(), outcome.cause());
    } else {
      outcome.onComplete(new CallListener(slot));
    }
  }

  /** Waits for one task's outcome. */
  private final class CallListener implements Completable<TaskOutcome> {
    private final int slot;

    CallListener(int slot) {
      this.slot = slot;
    }

    @Override
    public void complete(TaskOutcome outcome, Throwable fault) {
      taskEnded(slot, outcome, fault);
      advance();
    }
  }

  private void taskEnded(int slot, TaskOutcome outcome, Throwable fault) {
    // Also an outcome that comes after the execution was given up: nobody records it any more.
    boolean abandoned = answered && !state.isEnded();
    if (abandoned || (outcome == null && state.isEnded())) {
      return;
    }
    if (outcome == null) {
      taskFailed(slot, fault(slot, "a task was called", fault));
      return;
    }
    state.attempted(slot, time.recordsOf(outcome.attempts()));
    if (state.isEnded()) {
      return;
    }
    if (outcome.succeeded()) {
      state.succeed(slot, outcome.output(), time.now());
      recorder.taskEnded(slot);
    } else {
      taskFailed(slot, outcome.failure());
    }
  }

  private void taskFailed(int slot, Failure reason) {
    if (time.isOver()) {
      // The runner gave up because the execution's own time is over.
      end(ExecutionStatus.TimedOut, null, Failures.timedOut(time.timeoutMillis()));
      return;
    }
    Failure failure = reason.inExecution(state.started().executionId());
    boolean goesOn = state.fail(slot, failure, time.now());
    recorder.taskEnded(slot);
    if (!goesOn) {
      end(ExecutionStatus.Failed, null, failure);
    }
  }

  private void mapOutput() {
    JsonNode output;
    List<SchemaError> errors = List.of();
    try {
      output = plan.output().render(state);
      if (output == null) {
        output = NullNode.instance;
      }
      if (plan.outputCheck() != null) {
        errors = plan.outputCheck().validate(output);
      }
    } catch (RenderException unusable) {
      end(ExecutionStatus.Failed, null, unusable.failure(ErrorCode.InvalidOutput));
      return;
    } catch (RuntimeException fault) {
      end(ExecutionStatus.Failed, null, fault(-1, "the answer was mapped", fault));
      return;
    }
    if (errors.isEmpty()) {
      end(ExecutionStatus.Succeeded, output, null);
    } else {
      end(ExecutionStatus.Failed, null, Failures.invalidOutput(errors));
    }
  }

  private void deadlinePassed() {
    if (!state.isEnded() && pause == null) {
      end(ExecutionStatus.TimedOut, null, Failures.timedOut(time.timeoutMillis()));
    }
    if (!answered) {
      // The end or the pause waits for a commit that does not come in time: the caller must not.
      fail(Failures.timedOut(time.timeoutMillis()));
    }
  }

  private void callerLeft() {
    if (!state.isEnded() && pause == null) {
      end(ExecutionStatus.Cancelled, null, Failures.cancelled());
    }
  }

  /** Gives up, because the orchestrator closes; a durable execution is left for its recovery. */
  void abandon() {
    if (!state.isEnded() && pause == null && plan.durability() != Durability.Durable) {
      end(ExecutionStatus.Interrupted, null, Failures.interrupted());
    }
    stop(Failures.interrupted());
  }

  /** Gives up and records nothing, because it may be another gateway's by now. */
  void lose() {
    stop(Failures.lost());
  }

  private void stop(Failure reason) {
    if (!answered) {
      fail(reason);
    }
    calls.cancel();
  }

  private void end(ExecutionStatus status, JsonNode output, Failure reason) {
    Failure failure = reason == null ? null : reason.inExecution(state.started().executionId());
    state.end(status, output, failure, time.now());
    if (failure != null) {
      // Before the tasks are recorded, so that their last attempts are known.
      calls.cancel();
    }
    recorder.ended();
    answerWhenCommitted();
  }

  private void answerWhenCommitted() {
    if (answered) {
      return;
    }
    Future<Void> commit = recorder.commitBeforeAnswer();
    if (commit == null) {
      if (state.status() == ExecutionStatus.Succeeded) {
        close();
        answer.complete(recorder.result(state.endedAt()));
      } else {
        fail(state.failure());
      }
    } else if (commit.failed()) {
      notRecorded(commit.cause());
    } else {
      owner.journal.hurry();
      commit.onComplete((nothing, cause) -> onLoop(this::answerWhenCommitted));
    }
  }

  private void notRecorded(Throwable cause) {
    fail(cause instanceof ExecutionLostException ? Failures.lost() : Failures.notRecorded());
  }

  private void fail(Failure failure) {
    close();
    answer.fail(failure.inExecution(state.started().executionId()).exception());
  }

  private void close() {
    answered = true;
    deadline.cancel();
    caller.remove(callerLeft);
    owner.ended(state.started().executionId());
  }

  private Failure fault(int slot, String when, Throwable cause) {
    LOG.atError()
        .setCause(cause)
        .addKeyValue("executionId", state.started().executionId())
        .addKeyValue("workflow", state.started().workflow())
        .addKeyValue("taskId", slot < 0 ? null : plan.task(slot).id())
        .log("Unexpected fault while {}", when);
    Failure failure = Failures.internal(when);
    return slot < 0
        ? failure
        : failure.inTask(plan.task(slot).id(), plan.task(slot).taskRef(), 0, 0);
  }

  /** Commits complete on the journal's thread; the execution goes on on its own. */
  private void onLoop(Runnable action) {
    owner.context.runOnContext(nothing -> action.run());
  }
}
