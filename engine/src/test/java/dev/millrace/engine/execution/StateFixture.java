package dev.millrace.engine.execution;

import static dev.millrace.engine.plan.TestDefinitions.json;

import dev.millrace.engine.journal.Fact;
import dev.millrace.engine.plan.ExecutionPlan;
import dev.millrace.engine.plan.PlannedTask;
import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import java.util.ArrayList;
import java.util.List;

/** Drives an {@link ExecutionState} by task ids, with a clock that ticks once a step. */
final class StateFixture {
  static final Failure BROKEN = Failure.of(ErrorCode.UpstreamStatus, "broken");

  final ExecutionPlan plan;
  final ExecutionState state;
  long now = 1_000;

  StateFixture(ExecutionPlan plan) {
    this.plan = plan;
    this.state = ExecutionState.begin(plan, started(plan));
  }

  static Fact.ExecutionStarted started(ExecutionPlan plan) {
    return new Fact.ExecutionStarted(
        "execution-1",
        "default",
        "flow",
        plan.versionHash(),
        plan.durability(),
        json("{'n':1}"),
        1_000,
        31_000_000);
  }

  int slot(String id) {
    for (int slot = 0; slot < plan.taskCount(); slot++) {
      if (plan.task(slot).id().equals(id)) {
        return slot;
      }
    }
    throw new IllegalArgumentException(id);
  }

  /** Takes all that may begin. */
  List<String> take() {
    List<String> taken = new ArrayList<>();
    int slot = state.takeReady(++now);
    while (slot >= 0) {
      taken.add(plan.task(slot).id());
      state.called(slot, json("{}"));
      slot = state.takeReady(now);
    }
    return taken;
  }

  void succeed(String id) {
    succeed(id, "'of " + id + "'");
  }

  void succeed(String id, String output) {
    state.succeed(slot(id), json(output), ++now);
  }

  boolean fail(String id) {
    return state.fail(slot(id), BROKEN, ++now);
  }

  /** The fact of an ended task. */
  static Fact.TaskEnded ended(ExecutionPlan plan, ExecutionState state, int slot) {
    PlannedTask task = plan.task(slot);
    TaskProgress progress = state.task(slot);
    return new Fact.TaskEnded(
        state.started().executionId(),
        slot,
        task.id(),
        task.taskRef(),
        progress.status(),
        progress.input(),
        progress.output(),
        progress.failure(),
        progress.continued(),
        progress.attempts(),
        progress.queuedAt(),
        progress.startedAt(),
        progress.endedAt());
  }

  static Fact.ExecutionEnded ended(ExecutionState state) {
    return new Fact.ExecutionEnded(
        state.started().executionId(),
        state.status(),
        state.output(),
        state.failure(),
        state.endedAt());
  }

  /** All that can be asked of a state, as text, for comparison. */
  static String describe(ExecutionState state) {
    StringBuilder text = new StringBuilder();
    text.append(state.status()).append(' ').append(state.output()).append(' ');
    text.append(state.failure()).append(' ').append(state.endedAt()).append('\n');
    for (int slot = 0; slot < state.plan().taskCount(); slot++) {
      TaskProgress task = state.task(slot);
      text.append(slot).append(' ').append(task.status()).append(' ').append(task.input());
      text.append(' ').append(task.output()).append(' ').append(task.failure()).append(' ');
      text.append(task.continued()).append(' ').append(task.attempts()).append(' ');
      text.append(task.queuedAt()).append(' ').append(task.startedAt()).append(' ');
      text.append(task.endedAt()).append('\n');
    }
    return text.toString();
  }
}
