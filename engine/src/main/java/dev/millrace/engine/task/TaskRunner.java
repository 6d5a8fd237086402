package dev.millrace.engine.task;

import io.vertx.core.Future;

/** Runs the calls of tasks, with all their attempts. */
public interface TaskRunner {
  /**
   * Makes the call. The future never fails: what goes wrong is the outcome's failure, with task id
   * and reference set. It completes on the caller's context, at the latest shortly after the
   * deadline or the cancellation, which also stops the call in flight.
   */
  Future<TaskOutcome> run(TaskCall call);
}
