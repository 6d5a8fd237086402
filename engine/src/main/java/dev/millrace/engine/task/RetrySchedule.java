package dev.millrace.engine.task;

import dev.millrace.engine.definition.RetryPolicy;
import java.util.random.RandomGenerator;

/**
 * Decides how long to wait before a task's next attempt; pure: chance and time come in as
 * arguments.
 */
final class RetrySchedule {
  /** No further attempt makes sense. */
  static final long STOP = -1;

  /** An attempt with less time than this cannot be expected to come to anything. */
  static final long USEFUL_ATTEMPT_MILLIS = 10;

  private RetrySchedule() {}

  /**
   * The delay before the next attempt.
   *
   * <p>The back-off is our own wish: it is shortened to fit into the time that is left, but never
   * below the policy's initial delay. {@code Retry-After} is the service's wish, takes the place of
   * the back-off and is not shortened.
   *
   * @param attemptsMade at least one
   * @param retryAfterMillis {@link RetryAfter#NONE} where the service did not say
   * @param remainingMillis until the execution's deadline
   * @return milliseconds, or {@link #STOP} when the delay and a useful attempt do not fit
   */
  static long delayMillis(
      RetryPolicy policy,
      int attemptsMade,
      long retryAfterMillis,
      long remainingMillis,
      RandomGenerator random) {
    long room = remainingMillis - USEFUL_ATTEMPT_MILLIS;
    if (room < 0) {
      return STOP;
    }
    if (retryAfterMillis != RetryAfter.NONE) {
      return retryAfterMillis <= room ? retryAfterMillis : STOP;
    }
    long wanted = backOffMillis(policy, attemptsMade, random);
    if (wanted <= room) {
      return wanted;
    }
    return policy.initialDelay().toMillis() <= room ? room : STOP;
  }

  private static long backOffMillis(RetryPolicy policy, int attemptsMade, RandomGenerator random) {
    double longest = policy.maxDelay().toMillis();
    double grown =
        policy.initialDelay().toMillis() * Math.pow(policy.multiplier(), attemptsMade - 1);
    double delay = Math.min(grown, longest);
    double varied = delay * (1 + policy.jitter() * (2 * random.nextDouble() - 1));
    return Math.round(Math.min(Math.max(varied, 0), longest));
  }
}
