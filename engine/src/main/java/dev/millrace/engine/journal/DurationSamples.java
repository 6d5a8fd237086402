package dev.millrace.engine.journal;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How long something took, again and again: microseconds, shortest first.
 *
 * @param executions those that succeeded, from start to end
 * @param tasks by id, those that succeeded themselves, from their first attempt to their end; a
 *     task that never did is not there
 */
public record DurationSamples(List<Long> executions, Map<String, List<Long>> tasks) {
  /** Nothing is known. */
  public static final DurationSamples NONE = new DurationSamples(List.of(), Map.of());

  public DurationSamples {
    executions = List.copyOf(executions);
    tasks =
        tasks.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
  }

  /** The durations of a task; none for one that is not known. */
  public List<Long> task(String taskId) {
    return tasks.getOrDefault(taskId, List.of());
  }
}
