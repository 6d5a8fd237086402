package dev.millrace.engine.journal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects durations of executions in memory, for {@link InMemoryJournal}; stateless. */
final class RecentDurations {
  private RecentDurations() {}

  static DurationSamples of(List<KeptExecution> kept) {
    List<Long> executions = new ArrayList<>();
    Map<String, List<Long>> tasks = new HashMap<>();
    for (KeptExecution one : kept) {
      ExecutionSummary summary = one.summary();
      if (summary.status() == ExecutionStatus.Succeeded) {
        executions.add(between(summary.startedAt(), summary.endedAt()));
      }
      for (TaskRecord task : one.tasks()) {
        if (task.status() == TaskStatus.Succeeded && task.startedAt() != 0) {
          tasks
              .computeIfAbsent(task.taskId(), id -> new ArrayList<>())
              .add(between(task.startedAt(), task.endedAt()));
        }
      }
    }
    Collections.sort(executions);
    tasks.values().forEach(Collections::sort);
    return new DurationSamples(executions, tasks);
  }

  /** Never negative, also where the clock was set back meanwhile. */
  private static long between(long startedAt, long endedAt) {
    return Math.max(0, endedAt - startedAt);
  }
}
