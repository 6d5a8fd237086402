package dev.millrace.persistence;

import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Waits for futures in tests, on the test's thread. */
final class Futures {
  private Futures() {}

  static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  /** Why a future failed. */
  static Throwable failureOf(Future<?> future) throws Exception {
    try {
      await(future);
    } catch (ExecutionException failed) {
      return failed.getCause();
    }
    throw new AssertionError("the future did not fail");
  }
}
