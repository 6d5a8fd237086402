package dev.millrace.engine.execution;

import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.journal.TaskStatus;
import dev.millrace.engine.task.Attempt;
import dev.millrace.engine.task.CompiledTask;
import java.util.List;

/** Tells several observers in their order; shared by all event loops, immutable. */
public final class CompositeObserver implements EngineObserver {
  private final EngineObserver[] observers;

  private CompositeObserver(List<EngineObserver> observers) {
    this.observers = observers.toArray(EngineObserver[]::new);
  }

  /** One observer for all of these. */
  public static EngineObserver of(List<EngineObserver> observers) {
    return observers.size() == 1 ? observers.get(0) : new CompositeObserver(observers);
  }

  @Override
  public void executionStarted(String executionId, String namespace, String workflow) {
    for (EngineObserver observer : observers) {
      observer.executionStarted(executionId, namespace, workflow);
    }
  }

  @Override
  public void executionPaused(String executionId, String namespace, String workflow) {
    for (EngineObserver observer : observers) {
      observer.executionPaused(executionId, namespace, workflow);
    }
  }

  @Override
  public void executionResumed(String executionId, String namespace, String workflow) {
    for (EngineObserver observer : observers) {
      observer.executionResumed(executionId, namespace, workflow);
    }
  }

  @Override
  public void executionEnded(
      String executionId,
      String namespace,
      String workflow,
      ExecutionStatus status,
      long durationNanos) {
    for (EngineObserver observer : observers) {
      observer.executionEnded(executionId, namespace, workflow, status, durationNanos);
    }
  }

  @Override
  public void taskEnded(
      String executionId, String namespace, String workflow, String taskId, TaskStatus status) {
    for (EngineObserver observer : observers) {
      observer.taskEnded(executionId, namespace, workflow, taskId, status);
    }
  }

  @Override
  public void attemptEnded(CompiledTask task, Attempt attempt) {
    for (EngineObserver observer : observers) {
      observer.attemptEnded(task, attempt);
    }
  }
}
