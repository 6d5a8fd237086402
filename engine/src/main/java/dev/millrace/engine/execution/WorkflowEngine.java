package dev.millrace.engine.execution;

import io.vertx.core.Future;

/** Runs workflows: what gateways and the event bus call. */
public interface WorkflowEngine {
  /**
   * Runs a workflow to its end on the calling event loop.
   *
   * @return fails only with a {@link dev.millrace.engine.problem.FailureException}, which names the
   *     execution once there is one
   */
  Future<ExecutionResult> execute(ExecutionRequest request);
}
