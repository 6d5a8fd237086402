package dev.millrace.engine.execution;

import dev.millrace.engine.journal.ControlRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All orchestrators of the process, so that what concerns an execution reaches the event loop that
 * it lives on. One for the process, used on any thread.
 */
public final class Orchestrators {
  private final List<Orchestrator> open = new CopyOnWriteArrayList<>();
  private final AtomicInteger next = new AtomicInteger();

  void opened(Orchestrator orchestrator) {
    open.add(Objects.requireNonNull(orchestrator));
  }

  void closed(Orchestrator orchestrator) {
    open.remove(orchestrator);
  }

  /** Whether the process runs nothing any more. */
  boolean isEmpty() {
    return open.isEmpty();
  }

  /** Tells whoever runs an execution what is asked of it; without effect when nobody does. */
  public void request(String executionId, ControlRequest request) {
    for (Orchestrator orchestrator : open) {
      orchestrator.context.runOnContext(nothing -> orchestrator.request(executionId, request));
    }
  }

  /** Stops everything that runs, without recording it; completes when all has stopped. */
  public Future<Void> loseAll() {
    List<Future<Void>> stopped = new ArrayList<>();
    for (Orchestrator orchestrator : open) {
      Promise<Void> done = Promise.promise();
      stopped.add(done.future());
      orchestrator.context.runOnContext(
          nothing -> {
            orchestrator.loseAll();
            done.complete();
          });
    }
    return Future.join(stopped).mapEmpty();
  }

  /**
   * Runs an execution that was claimed, on one of the event loops.
   *
   * @return whether there was one to run it; false when the process is closing
   */
  boolean adopt(Adoption adoption) {
    List<Orchestrator> now = List.copyOf(open);
    if (now.isEmpty()) {
      return false;
    }
    Orchestrator chosen = now.get(Math.floorMod(next.getAndIncrement(), now.size()));
    chosen.context.runOnContext(nothing -> chosen.adopt(adoption));
    return true;
  }
}
