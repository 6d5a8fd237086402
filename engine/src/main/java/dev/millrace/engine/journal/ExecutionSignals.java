package dev.millrace.engine.journal;

import io.vertx.core.Future;
import java.util.function.BiConsumer;

/** Carries what is asked of a running execution to the gateway that owns it. Any thread. */
public interface ExecutionSignals {
  /**
   * Asks; the owner may be this gateway. A request stays until the execution ends, pauses, or is
   * asked otherwise, also when its owner dies; a cancellation stays also when it pauses.
   *
   * @return whether the execution was running
   */
  Future<Boolean> request(String executionId, ControlRequest request);

  /**
   * Who hears the requests to this gateway; at most one. It may hear a request more than once, and
   * for an execution that has just ended.
   */
  void onRequest(BiConsumer<String, ControlRequest> listener);
}
