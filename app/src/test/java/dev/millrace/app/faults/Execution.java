package dev.millrace.app.faults;

import java.util.List;
import java.util.Map;

/**
 * One execution as the database keeps it.
 *
 * @param output receipts by step; null where there is none
 * @param endedAt {@link EpochMicros}; 0 while it has not ended
 * @param tasks by their id
 * @param transitions every committed change of its status or owner, in order
 */
record Execution(
    String id,
    String workflow,
    String order,
    String status,
    Map<String, String> output,
    long endedAt,
    Map<String, Task> tasks,
    List<Transition> transitions) {
  Execution {
    output = output == null ? null : Map.copyOf(output);
    tasks = Map.copyOf(tasks);
    transitions = List.copyOf(transitions);
  }

  /**
   * One task of it.
   *
   * @param receipt null unless it yielded one
   * @param recordedAt when its first result was written, just before the commit
   */
  record Task(String status, boolean continued, String receipt, long recordedAt) {}

  /** A committed change; {@code from} and {@code formerOwner} are null when the row was new. */
  record Transition(long at, String from, String to, String formerOwner, String owner) {
    /** Whether another gateway took over what its owner had left. */
    boolean isTakeover() {
      return "Running".equals(from) && !owner.equals(formerOwner);
    }
  }

  Shape shape() {
    return Shape.named(workflow);
  }

  List<Transition> takeovers() {
    return transitions.stream().filter(Transition::isTakeover).toList();
  }
}
