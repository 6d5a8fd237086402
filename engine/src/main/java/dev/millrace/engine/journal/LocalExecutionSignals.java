package dev.millrace.engine.journal;

import io.vertx.core.Future;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * Signals where there is one gateway only: every running execution is its own. One for the process,
 * used on any thread; the listener is called on the thread of the request.
 */
public final class LocalExecutionSignals implements ExecutionSignals {
  private final History history;
  private volatile BiConsumer<String, ControlRequest> listener = (executionId, request) -> {};

  /** Signals for the executions that a history knows. */
  public LocalExecutionSignals(History history) {
    this.history = Objects.requireNonNull(history);
  }

  @Override
  public Future<Boolean> request(String executionId, ControlRequest request) {
    return history
        .find(executionId)
        .map(
            found -> {
              boolean running =
                  found.isPresent() && found.get().summary().status() == ExecutionStatus.Running;
              if (running) {
                listener.accept(executionId, request);
              }
              return running;
            });
  }

  @Override
  public void onRequest(BiConsumer<String, ControlRequest> next) {
    listener = Objects.requireNonNull(next);
  }
}
