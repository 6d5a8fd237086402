package dev.millrace.app.program;

import dev.millrace.engine.execution.EngineObserver;
import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.journal.TaskStatus;
import dev.millrace.engine.task.Attempt;
import dev.millrace.engine.task.CompiledTask;

/**
 * Lets two observers hear of everything, in their order; owned by the engine's services, called on
 * event loops.
 */
record BothObservers(EngineObserver first, EngineObserver second) implements EngineObserver {

  @Override
  public void executionStarted(String executionId, String namespace, String workflow) {
    first.executionStarted(executionId, namespace, workflow);
    second.executionStarted(executionId, namespace, workflow);
  }

  @Override
  public void executionEnded(
      String executionId,
      String namespace,
      String workflow,
      ExecutionStatus status,
      long durationNanos) {
    first.executionEnded(executionId, namespace, workflow, status, durationNanos);
    second.executionEnded(executionId, namespace, workflow, status, durationNanos);
  }

  @Override
  public void taskEnded(
      String executionId, String namespace, String workflow, String taskId, TaskStatus status) {
    first.taskEnded(executionId, namespace, workflow, taskId, status);
    second.taskEnded(executionId, namespace, workflow, taskId, status);
  }

  @Override
  public void attemptEnded(CompiledTask task, Attempt attempt) {
    first.attemptEnded(task, attempt);
    second.attemptEnded(task, attempt);
  }
}
