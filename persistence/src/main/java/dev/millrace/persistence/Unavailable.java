package dev.millrace.persistence;

import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import dev.millrace.engine.problem.FailureException;
import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * Tells who asks for something that it cannot be had at the moment, and when to ask again, instead
 * of a fault that nobody expected. Stateless.
 */
final class Unavailable {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private Unavailable() {}

  /** This gateway may own nothing now. */
  static FailureException noLease() {
    return failure("this gateway holds no lease at the moment; try again");
  }

  /** What this gateway claimed belongs to whoever took over from it. */
  static FailureException lostLease() {
    return failure("this gateway lost its lease while it claimed; another one goes on");
  }

  /** For {@link Future#recover}: a failure of its own where the database does not answer. */
  static <T> Future<T> orFault(Throwable cause) {
    return Future.failedFuture(
        isAway(cause) ? failure("the database does not answer at the moment; try again") : cause);
  }

  /**
   * SQLSTATE class 08 is the connection, 53 are resources, 57P is the server's coming and going,
   * and 57014 is a statement that took too long.
   */
  private static boolean isAway(Throwable cause) {
    if (cause instanceof PgException refused) {
      String state = refused.getSqlState();
      return state != null
          && (state.startsWith("08")
              || state.startsWith("53")
              || state.startsWith("57P")
              || state.equals("57014"));
    }
    return cause instanceof VertxException
        || cause instanceof IOException
        || cause instanceof TimeoutException;
  }

  private static FailureException failure(String detail) {
    return Failure.of(ErrorCode.NotReady, detail).withRetryAfter(RETRY_AFTER).exception();
  }
}
