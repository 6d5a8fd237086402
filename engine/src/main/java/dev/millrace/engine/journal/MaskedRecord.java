package dev.millrace.engine.journal;

import dev.millrace.engine.plan.ExecutionPlan;
import dev.millrace.engine.plan.PlanSecrets;
import dev.millrace.engine.schema.SensitivePlaces;
import java.util.ArrayList;
import java.util.List;

/** Makes of a record what may be shown of it; stateless, usable on any thread. */
public final class MaskedRecord {
  private MaskedRecord() {}

  /**
   * The record with its sensitive values masked.
   *
   * @param plan by which it ran; null when it is not known any more, and with it not what is
   *     sensitive: then all values are
   */
  public static ExecutionRecord of(ExecutionRecord record, ExecutionPlan plan) {
    PlanSecrets secrets = plan == null ? null : plan.secrets();
    if (secrets != null && secrets.isEmpty()) {
      return record;
    }
    List<TaskRecord> tasks = new ArrayList<>(record.tasks().size());
    for (TaskRecord task : record.tasks()) {
      int slot = plan == null ? -1 : plan.slot(task.taskId());
      tasks.add(
          slot < 0
              ? masked(task, SensitivePlaces.WHOLE, SensitivePlaces.WHOLE)
              : masked(task, secrets.taskInput(slot), secrets.taskOutput(slot)));
    }
    return new ExecutionRecord(
        record.summary(),
        record.planHash(),
        record.durability(),
        (secrets == null ? SensitivePlaces.WHOLE : secrets.input()).mask(record.input()),
        (secrets == null ? SensitivePlaces.WHOLE : secrets.output()).mask(record.output()),
        record.failure(),
        record.deadlineAt(),
        tasks);
  }

  private static TaskRecord masked(
      TaskRecord task, SensitivePlaces inputPlaces, SensitivePlaces outputPlaces) {
    return new TaskRecord(
        task.slot(),
        task.taskId(),
        task.taskRef(),
        task.status(),
        inputPlaces.mask(task.input()),
        outputPlaces.mask(task.output()),
        task.failure(),
        task.continued(),
        task.attempts(),
        task.queuedAt(),
        task.startedAt(),
        task.endedAt());
  }
}
