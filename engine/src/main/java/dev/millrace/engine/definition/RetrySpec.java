package dev.millrace.engine.definition;

import java.time.Duration;
import java.util.List;

/** The retry fields as written; a null field is not given. */
public record RetrySpec(
    Integer maxAttempts,
    Duration initialDelay,
    Double multiplier,
    Duration maxDelay,
    Double jitter,
    List<RetryTrigger> on) {
  /** Nothing given. */
  public static final RetrySpec NONE = new RetrySpec(null, null, null, null, null, null);

  public RetrySpec {
    on = on == null ? null : List.copyOf(on);
  }
}
