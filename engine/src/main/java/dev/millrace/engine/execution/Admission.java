package dev.millrace.engine.execution;

import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The door that every execution comes in through: bounds how many are in flight and closes for the
 * shutdown. One for the whole process, shared by all event loops, without a lock.
 */
public final class Admission {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final int limit;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Promise<Void> drained = Promise.promise();
  private volatile boolean draining;

  /**
   * Makes an open door.
   *
   * @param limit executions that may be in flight at once, at least one
   */
  public Admission(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("the limit of executions in flight must be at least 1");
    }
    this.limit = limit;
  }

  /** Lets one execution in. Returns null when it may begin, else why it may not. */
  Failure enter() {
    if (draining) {
      return draining();
    }
    if (inFlight.incrementAndGet() > limit) {
      leave();
      return full();
    }
    if (draining) {
      leave();
      return draining();
    }
    return null;
  }

  /** How many executions of others may be taken over now. */
  int room() {
    return draining ? 0 : Math.max(0, limit - inFlight.get());
  }

  /** Lets one in that has been accepted long ago; for those there is always room. */
  void readmit() {
    inFlight.incrementAndGet();
  }

  /** Lets go of an execution that came in. */
  void leave() {
    if (inFlight.decrementAndGet() == 0 && draining) {
      drained.tryComplete();
    }
  }

  /** Why nobody would be let in at this moment; null when somebody would. */
  Failure refusal() {
    if (draining) {
      return draining();
    }
    return inFlight.get() >= limit ? full() : null;
  }

  private Failure full() {
    return Failure.of(
            ErrorCode.TooManyExecutions,
            limit + " executions are in flight, which is the limit (MILLRACE_MAX_IN_FLIGHT)")
        .withRetryAfter(RETRY_AFTER);
  }

  private static Failure draining() {
    return Failure.of(ErrorCode.Draining, "this gateway is shutting down; ask another one")
        .withRetryAfter(RETRY_AFTER);
  }

  /** Lets nobody in any more; completes when the last execution has ended. */
  public Future<Void> drain() {
    draining = true;
    if (inFlight.get() == 0) {
      drained.tryComplete();
    }
    return drained.future();
  }

  /** Whether the door is closed for good. */
  public boolean isDraining() {
    return draining;
  }

  /** How many executions are in flight. */
  public int inFlight() {
    return inFlight.get();
  }
}
