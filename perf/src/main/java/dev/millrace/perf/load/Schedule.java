package dev.millrace.perf.load;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * When each request of a run is due: those of a millisecond together at its beginning, because no
 * timer is finer. Immutable.
 *
 * @param rate requests a second
 * @param requests of the whole run
 */
record Schedule(int rate, int requests) {
  static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private static final int MOST_REQUESTS = 20_000_000;
  private static final long TICKS_A_SECOND = TimeUnit.SECONDS.toMillis(1);

  Schedule {
    if (rate < 1 || requests < 1 || requests > MOST_REQUESTS) {
      throw new IllegalArgumentException(
          "a run has at least one request a second and 1 to "
              + MOST_REQUESTS
              + " requests, not "
              + rate
              + " a second and "
              + requests);
    }
  }

  static Schedule of(int rate, Duration duration) {
    return new Schedule(rate, Math.toIntExact(rate * duration.toMillis() / 1_000));
  }

  /** Nanoseconds from the start of the run at which a request is due, counted from 0. */
  long dueAfter(int request) {
    return request * TICKS_A_SECOND / rate * TICK_NANOS;
  }

  /** How many requests are due when so many nanoseconds have passed. */
  int dueBy(long nanos) {
    if (nanos < 0) {
      return 0;
    }
    long ticks = nanos / TICK_NANOS;
    // the first request that is not due: the smallest with request * 1000 / rate > ticks
    long count = ((ticks + 1) * rate + TICKS_A_SECOND - 1) / TICKS_A_SECOND;
    return (int) Math.min(count, requests);
  }
}
