package dev.millrace.engine.execution;

import dev.millrace.engine.journal.ExecutionRecord;
import dev.millrace.engine.journal.TaskRecord;
import dev.millrace.engine.json.JsonPointers;
import dev.millrace.engine.plan.ExecutionPlan;
import dev.millrace.engine.plan.PlannedTask;
import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.problem.ProblemCode;
import dev.millrace.engine.problem.Severity;
import dev.millrace.engine.schema.SchemaError;
import dev.millrace.engine.schema.SchemaView;
import dev.millrace.engine.schema.proof.Proof;
import dev.millrace.engine.schema.proof.SubschemaProver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The way of a paused execution from the definition that it began with to the latest one; pure,
 * used once, off the event loops.
 */
final class Migration {
  private final ExecutionRecord record;
  private final ExecutionPlan pinned;
  private final ExecutionPlan latest;
  private final List<Problem> problems = new ArrayList<>();

  private Migration(ExecutionRecord record, ExecutionPlan pinned, ExecutionPlan latest) {
    this.record = record;
    this.pinned = pinned;
    this.latest = latest;
  }

  /**
   * Why an execution cannot go on by another plan: what has ended must still exist, yield what it
   * yielded by proof, and depend on nothing that is still to come. Empty when it can.
   */
  static List<Problem> problems(
      ExecutionRecord record, ExecutionPlan pinned, ExecutionPlan latest) {
    return new Migration(record, pinned, latest).judge();
  }

  /** The new slot of each task that ended, by its former one. */
  static Map<Integer, Integer> slots(ExecutionRecord record, ExecutionPlan latest) {
    Map<Integer, Integer> slots = new HashMap<>();
    for (TaskRecord task : record.tasks()) {
      int slot = latest.slot(task.taskId());
      if (slot >= 0) {
        slots.put(task.slot(), slot);
      }
    }
    return slots;
  }

  private List<Problem> judge() {
    for (SchemaError error : latest.inputSchema().validate(record.input())) {
      problem(
          ProblemCode.TypeMismatch,
          "/spec/inputSchema",
          "the execution's input does not fit any more: at '"
              + error.path()
              + "' "
              + error.message());
    }
    Set<String> over = new HashSet<>();
    for (TaskRecord task : record.tasks()) {
      if (Adoption.isOver(task)) {
        over.add(task.taskId());
      }
    }
    for (TaskRecord task : record.tasks()) {
      if (over.contains(task.taskId())) {
        judge(task, over);
      }
    }
    return problems;
  }

  private void judge(TaskRecord ended, Set<String> over) {
    int slot = latest.slot(ended.taskId());
    if (slot < 0) {
      problem(
          ProblemCode.UnknownTask,
          "/spec/tasks",
          "task '" + ended.taskId() + "' has ended and is not there any more");
      return;
    }
    String place = JsonPointers.child("/spec/tasks", slot);
    for (int dependency : latest.graph().dependencies(slot)) {
      String id = latest.task(dependency).id();
      if (!over.contains(id)) {
        problem(
            ProblemCode.BreakingChange,
            place,
            "task '"
                + ended.taskId()
                + "' has ended, but waits for '"
                + id
                + "' now, which has not");
      }
    }
    judgeOutput(ended, latest.task(slot), place);
  }

  private void judgeOutput(TaskRecord ended, PlannedTask next, String place) {
    if (ended.continued()) {
      for (SchemaError error : next.task().outputSchema().validate(ended.output())) {
        problem(ProblemCode.BreakingChange, place, unfit(ended, error.message()));
      }
      return;
    }
    PlannedTask former = pinned.task(pinned.slot(ended.taskId()));
    if (former.task().definition().outputSchema().equals(next.task().definition().outputSchema())) {
      return;
    }
    Proof proof =
        SubschemaProver.prove(
            SchemaView.of(former.task().definition().outputSchema()),
            SchemaView.of(next.task().definition().outputSchema()));
    if (proof instanceof Proof.Refuted refuted) {
      problem(ProblemCode.BreakingChange, place, unfit(ended, refuted.reason()));
    } else if (proof instanceof Proof.Unproved unproved) {
      problem(
          ProblemCode.BreakingChange,
          place,
          "whether what task '"
              + ended.taskId()
              + "' has yielded fits its outputSchema now cannot be proved: "
              + unproved.reason());
    }
  }

  private static String unfit(TaskRecord ended, String reason) {
    return "what task '" + ended.taskId() + "' has yielded may not fit its outputSchema: " + reason;
  }

  private void problem(ProblemCode code, String path, String message) {
    problems.add(
        new Problem(
            code,
            Severity.ERROR,
            latest.workflow().name().toString(),
            path,
            latest.workflow().source().position(path),
            message,
            null));
  }
}
