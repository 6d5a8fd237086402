package dev.millrace.engine.execution;

import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.journal.TaskStatus;
import dev.millrace.engine.task.Attempt;
import dev.millrace.engine.task.CompiledTask;

/** Hears what the engine does, for metrics and events; called on event loops, must not block. */
public interface EngineObserver {
  /** Hears nothing. */
  EngineObserver NONE = new EngineObserver() {};

  /** An execution was accepted. */
  default void executionStarted(String executionId, String namespace, String workflow) {}

  /** An execution stands still; it did not end. */
  default void executionPaused(String executionId, String namespace, String workflow) {}

  /** An execution goes on here, after a pause or after the death of its gateway. */
  default void executionResumed(String executionId, String namespace, String workflow) {}

  /** An execution ended. */
  default void executionEnded(
      String executionId,
      String namespace,
      String workflow,
      ExecutionStatus status,
      long durationNanos) {}

  /** A task of an execution ended. */
  default void taskEnded(
      String executionId, String namespace, String workflow, String taskId, TaskStatus status) {}

  /** One attempt of a task's call ended. */
  default void attemptEnded(CompiledTask task, Attempt attempt) {}
}
