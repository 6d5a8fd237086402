package dev.millrace.engine.task;

import dev.millrace.engine.problem.Failure;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * How a task's call ended, after all its attempts.
 *
 * @param output what it yields, valid under the task's output schema; null when it failed
 * @param failure why it failed; null when it succeeded
 */
public record TaskOutcome(JsonNode output, Failure failure, List<Attempt> attempts) {
  public TaskOutcome {
    attempts = List.copyOf(attempts);
  }

  /** Whether there is an output. */
  public boolean succeeded() {
    return failure == null;
  }
}
