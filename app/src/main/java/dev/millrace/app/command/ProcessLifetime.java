package dev.millrace.app.command;

import io.vertx.core.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * The life of a real process, which SIGTERM and SIGINT end. The main thread waits in it; the
 * virtual machine's shutdown thread does the rest.
 */
final class ProcessLifetime implements Lifetime {

  @Override
  public int untilStopped(Supplier<Future<Boolean>> stop) throws InterruptedException {
    Thread hook = new Thread(() -> end(stop), "millrace-shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    new CountDownLatch(1).await();
    return 0;
  }

  /**
   * Stops, and ends the process itself: a virtual machine that was told to end by a signal would
   * report the signal (143), although nothing was cut off.
   */
  private static void end(Supplier<Future<Boolean>> stop) {
    CompletableFuture<Boolean> stopped = new CompletableFuture<>();
    stop.get().onComplete((clean, fault) -> stopped.complete(fault == null && clean));
    Runtime.getRuntime().halt(stopped.join() ? 0 : 1);
  }
}
