package dev.millrace.engine.journal;

import java.util.Objects;

/**
 * An execution that now belongs to this gateway, to be continued.
 *
 * @param execution with all tasks that ended
 * @param requested what somebody asked of it and its owner did not do; null for nothing
 */
public record ClaimedExecution(ExecutionRecord execution, ControlRequest requested) {
  public ClaimedExecution {
    Objects.requireNonNull(execution);
  }
}
