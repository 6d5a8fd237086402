package dev.millrace.engine.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class ExecutionIdsTest {
  @Test
  void areUuidsOfVersionSevenWithTheirTime() {
    UUID id = UUID.fromString(new ExecutionIds().next(1_700_000_000_123L));

    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(1_700_000_000_123L);
  }

  @Test
  void ascendWithinAMillisecondAndWhenTheClockStepsBack() {
    ExecutionIds ids = new ExecutionIds(1);
    String last = "";
    for (int count = 0; count < 10_000; count++) {
      String next = ids.next(1_700_000_000_000L - count % 3);
      assertThat(next).isGreaterThan(last);
      last = next;
    }
  }

  @Test
  void ofDifferentMakersDoNotMeet() {
    assertThat(new ExecutionIds().next(1)).isNotEqualTo(new ExecutionIds().next(1));
  }
}
