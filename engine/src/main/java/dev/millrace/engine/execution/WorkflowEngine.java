package dev.millrace.engine.execution;

import dev.millrace.engine.problem.Failure;
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

  /**
   * Why no execution at all would be let in at this moment; null when one would. To be asked before
   * work is put into a request, so that refusing is cheap when it matters.
   */
  Failure refusal();
}
