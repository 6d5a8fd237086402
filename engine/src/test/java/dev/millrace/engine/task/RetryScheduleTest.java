package dev.millrace.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.definition.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryScheduleTest {
  private final RandomGenerator random = new SplittableRandom(1);

  private static RetryPolicy policy(double jitter) {
    return new RetryPolicy(
        9, Duration.ofMillis(100), 2.0, Duration.ofSeconds(1), jitter, List.of());
  }

  @ParameterizedTest
  @CsvSource({
    // attempts made, Retry-After, time left, delay
    "1,   -1, 9000,  100",
    "2,   -1, 9000,  200",
    "4,   -1, 9000,  800",
    "5,   -1, 9000, 1000",
    "60,  -1, 9000, 1000",
    "4,   -1,  500,  490",
    "4,   -1,  110,  100",
    "4,   -1,  109,   -1",
    "1,   -1,    9,   -1",
    "1,   -1,   -5,   -1",
    "1, 3000, 9000, 3000",
    "1,    0, 9000,    0",
    "1, 3000, 3010, 3000",
    "1, 3000, 3009,   -1",
  })
  void delays(int attempts, long retryAfter, long remaining, long expected) {
    assertThat(RetrySchedule.delayMillis(policy(0), attempts, retryAfter, remaining, random))
        .isEqualTo(expected);
  }

  @Test
  void jitterVariesBothWaysWithinItsShare() {
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int i = 0; i < 2_000; i++) {
      long delay = RetrySchedule.delayMillis(policy(0.2), 1, RetryAfter.NONE, 60_000, random);
      least = Math.min(least, delay);
      most = Math.max(most, delay);
    }
    assertThat(least).isBetween(80L, 84L);
    assertThat(most).isBetween(116L, 120L);
  }

  @Test
  void jitterNeverPassesTheLongestDelay() {
    for (int i = 0; i < 100; i++) {
      assertThat(RetrySchedule.delayMillis(policy(1), 9, RetryAfter.NONE, 60_000, random))
          .isBetween(0L, 1_000L);
    }
  }
}
