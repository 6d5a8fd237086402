package dev.millrace.engine.execution;

import dev.millrace.engine.definition.Durability;
import dev.millrace.engine.definition.RecoveryPolicy.OnFailedTask;
import dev.millrace.engine.definition.RecoveryPolicy.OnInterruption;
import dev.millrace.engine.journal.ClaimedExecution;
import dev.millrace.engine.journal.ControlRequest;
import dev.millrace.engine.journal.ExecutionRecord;
import dev.millrace.engine.journal.Fact;
import dev.millrace.engine.journal.TaskRecord;
import dev.millrace.engine.journal.TaskStatus;
import dev.millrace.engine.journal.UnrecordedHeaders;
import dev.millrace.engine.plan.ExecutionPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * An execution that this gateway takes over, with the plan that it goes on by.
 *
 * @param interrupted whether its owner died; false when it was paused
 */
record Adoption(ClaimedExecution claimed, ExecutionPlan plan, boolean interrupted) {
  Adoption {
    Objects.requireNonNull(claimed);
    Objects.requireNonNull(plan);
  }

  String executionId() {
    return claimed.execution().summary().executionId();
  }

  /** What was asked of it and is still to be done; null for nothing. */
  ControlRequest requested() {
    return claimed.requested();
  }

  /** Why it must not go on; null when it may. */
  String obstacle() {
    if (!interrupted) {
      return null;
    }
    if (claimed.execution().durability() != Durability.Durable) {
      return "it is Buffered, so its record may lack effects that have happened";
    }
    if (plan.workflow().recovery().onInterruption() == OnInterruption.Fail) {
      return "its workflow says onInterruption: Fail";
    }
    String reader = UnrecordedHeaders.reader(plan, claimed.execution());
    return reader == null ? null : reader + " reads a header of an answer, which is never recorded";
  }

  /**
   * Where it stands, by its record.
   *
   * @throws IllegalStateException when the record and the plan contradict each other
   */
  ExecutionState state() {
    ExecutionRecord record = claimed.execution();
    List<Fact> facts = new ArrayList<>();
    facts.add(record.started());
    record.tasks().stream()
        .filter(this::stands)
        .map(this::inPlan)
        .sorted(Comparator.comparingInt(task -> plan.graph().level(task.slot())))
        .forEach(task -> facts.add(task.fact(executionId())));
    return ExecutionState.replay(plan, facts);
  }

  /**
   * Whether a task's end is one. Tasks were cancelled or skipped for an end of the execution that
   * was not recorded, and which therefore nobody was told.
   */
  private boolean stands(TaskRecord task) {
    return switch (task.status()) {
      case Succeeded -> true;
      case Failed ->
          task.continued() || plan.workflow().recovery().onFailedTask() == OnFailedTask.Skip;
      case Skipped, Cancelled -> false;
      case Pending, Running ->
          throw new IllegalStateException("a record of a task that is " + task.status());
    };
  }

  private TaskRecord inPlan(TaskRecord task) {
    int slot = plan.slot(task.taskId());
    if (slot < 0) {
      throw new IllegalStateException(
          "task '" + task.taskId() + "' ended, but its workflow has none of that name");
    }
    return task.inSlot(slot);
  }

  /** Whether a task of the record is over, so that it is not run again. */
  static boolean isOver(TaskRecord task) {
    return task.status() == TaskStatus.Succeeded || task.continued();
  }
}
