package dev.millrace.gateway.http;

import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * Takes lengthy work off one event loop, to a few threads that all gateways of the process share;
 * owned by the gateway verticle, called on its event loop. The answer comes back on the event loop
 * of the request.
 *
 * <p>Few threads, so that many callers who ask for validation or descriptions cannot take the
 * processors from the executions; and a bounded number of callers who wait for them.
 */
public final class BackgroundWork {
  private static final String POOL = "millrace-gateway";
  private static final int WAITING = 64;

  private final WorkerExecutor executor;
  private int waiting;

  public BackgroundWork(Vertx vertx) {
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    this.executor = vertx.createSharedWorkerExecutor(POOL, threads);
  }

  /** Does the work on another thread; fails where too many wait already. */
  public <T> Future<T> run(Callable<T> work) {
    if (waiting >= WAITING) {
      return Future.failedFuture(
          Failure.of(
                  ErrorCode.RateLimited,
                  "Too many requests wait for validation, plans or descriptions")
              .withRetryAfter(Duration.ofSeconds(1))
              .exception());
    }
    waiting++;
    return executor.executeBlocking(work, false).onComplete(ignored -> waiting--);
  }

  /** Gives the threads back. */
  public void close() {
    executor.close();
  }
}
