package dev.millrace.engine.task;

import dev.millrace.engine.definition.CircuitBreakerSpec;
import dev.millrace.engine.problem.ResourceName;
import io.vertx.circuitbreaker.CircuitBreaker;
import io.vertx.circuitbreaker.CircuitBreakerOptions;
import io.vertx.circuitbreaker.CircuitBreakerState;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The circuit breaker of one task in this process, on top of the Vert.x one; owned by {@link
 * TaskGuards}, shared by all event loops.
 *
 * <p>The Vert.x breaker forgets its failures with every success, so that a service which fails half
 * of its calls would never open it. Therefore successes do not pass through it while it is closed:
 * it is told of failures only, and counts those of the last {@code window}. Its window has a grain
 * of one second; shorter ones and broken seconds are rounded up. Half-open, it leads one attempt as
 * its trial.
 */
final class TaskBreaker {
  private static final Future<Void> FAILED = Future.failedFuture("attempt failed");

  private static Future<Void> failure() {
    return FAILED;
  }

  /** What an attempt reports to, exactly once. */
  interface Admission {
    /** The service works. */
    void succeeded();

    /** The service failed. */
    void failed();

    /** Nothing was learnt about the service. */
    void abandoned();
  }

  private final CircuitBreaker breaker;
  private final Timers timers;
  private final long openForMillis;
  private volatile long openedAtNanos;

  private final Admission closed =
      new Admission() {
        @Override
        public void succeeded() {}

        @Override
        public void failed() {
          // An attempt from before the opening must not decide the trial's question.
          if (breaker.state() == CircuitBreakerState.CLOSED) {
            breaker.execute(TaskBreaker::failure);
          }
        }

        @Override
        public void abandoned() {}
      };

  TaskBreaker(Vertx vertx, Timers timers, ResourceName name, CircuitBreakerSpec spec) {
    this.timers = timers;
    this.openForMillis = Math.max(1, spec.openFor().toMillis());
    long windowSeconds = Math.max(1, (spec.window().toMillis() + 999) / 1000);
    this.breaker =
        CircuitBreaker.create(
            name.toString(),
            vertx,
            new CircuitBreakerOptions()
                .setMaxFailures(spec.failureThreshold())
                .setFailuresRollingWindow(windowSeconds * 1000)
                .setResetTimeout(openForMillis)
                .setTimeout(-1)
                .setMaxRetries(0)
                .setNotificationAddress(null));
    breaker.openHandler(v -> openedAtNanos = timers.nanoTime());
  }

  /** Whether an attempt would be let through or tried just now; takes nothing. */
  boolean isOpen() {
    return breaker.state() == CircuitBreakerState.OPEN;
  }

  /** Lets an attempt through, or answers null. */
  Admission admit() {
    return switch (breaker.state()) {
      case CLOSED -> closed;
      case OPEN -> null;
      case HALF_OPEN -> {
        Trial trial = new Trial();
        breaker.execute(trial);
        yield trial.chosen ? trial : null;
      }
    };
  }

  /** How long the circuit stays open from now on, at least a second. */
  Duration retryAfter() {
    long passed = (timers.nanoTime() - openedAtNanos) / 1_000_000;
    return Duration.ofMillis(Math.max(1000, openForMillis - passed));
  }

  BreakerState state() {
    return switch (breaker.state()) {
      case CLOSED -> BreakerState.CLOSED;
      case OPEN -> BreakerState.OPEN;
      case HALF_OPEN -> BreakerState.HALF_OPEN;
    };
  }

  void close() {
    breaker.close();
  }

  /** The one attempt of the half-open state. */
  private static final class Trial implements Admission, Supplier<Future<Void>> {
    private final Promise<Void> result = Promise.promise();
    private boolean chosen;

    @Override
    public Future<Void> get() {
      chosen = true;
      return result.future();
    }

    @Override
    public void succeeded() {
      result.tryComplete();
    }

    @Override
    public void failed() {
      result.tryFail("trial failed");
    }

    @Override
    public void abandoned() {
      // The breaker waits for its trial's end; without one it would stay half-open for ever.
      result.tryFail("trial abandoned");
    }
  }
}
