package dev.millrace.engine.definition;

import java.time.Duration;
import java.util.List;

/**
 * When and how often a task tries again, complete.
 *
 * @param maxAttempts attempts in all, at least one
 * @param jitter share of the delay by which it may vary in both directions, 0 to 1
 */
public record RetryPolicy(
    int maxAttempts,
    Duration initialDelay,
    double multiplier,
    Duration maxDelay,
    double jitter,
    List<RetryTrigger> on) {
  private static final RetryPolicy DEFAULT =
      new RetryPolicy(
          1,
          Duration.ofMillis(100),
          2.0,
          Duration.ofSeconds(2),
          0.2,
          List.of(
              new RetryTrigger.Connect(),
              new RetryTrigger.Timeout(),
              status(502),
              status(503),
              status(504),
              status(429)));

  public RetryPolicy {
    on = List.copyOf(on);
  }

  /** The task's fields, overridden field by field by the workflow's, on top of the defaults. */
  public static RetryPolicy of(RetrySpec task, RetrySpec override) {
    return DEFAULT.with(task).with(override);
  }

  private RetryPolicy with(RetrySpec spec) {
    return new RetryPolicy(
        spec.maxAttempts() == null ? maxAttempts : spec.maxAttempts(),
        spec.initialDelay() == null ? initialDelay : spec.initialDelay(),
        spec.multiplier() == null ? multiplier : spec.multiplier(),
        spec.maxDelay() == null ? maxDelay : spec.maxDelay(),
        spec.jitter() == null ? jitter : spec.jitter(),
        spec.on() == null ? on : spec.on());
  }

  private static RetryTrigger status(int code) {
    return new RetryTrigger.Status(new StatusPattern(code, code));
  }
}
