package dev.millrace.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireTimeTest {
  @ParameterizedTest
  @CsvSource({
    "0, 1970-01-01T00:00:00.000Z",
    "999, 1970-01-01T00:00:00.000Z",
    "1000, 1970-01-01T00:00:00.001Z",
    "-1, 1969-12-31T23:59:59.999Z",
    "1763888400123456, 2025-11-23T09:00:00.123Z",
    "1763888400999999, 2025-11-23T09:00:00.999Z",
    "1763888401000000, 2025-11-23T09:00:01.000Z"
  })
  void writesInstantsWithMilliseconds(long epochMicros, String text) {
    assertThat(WireTime.instant(epochMicros)).isEqualTo(text);
  }

  @Test
  void writesWhatReadsBackAsTheSameMillisecond() {
    SplittableRandom random = new SplittableRandom(7);
    for (int turn = 0; turn < 10_000; turn++) {
      Instant instant =
          Instant.ofEpochSecond(
              random.nextLong(-1L << 31, 1L << 33), random.nextInt(1_000_000_000));
      long micros = instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
      assertThat(Instant.parse(WireTime.instant(micros)))
          .isEqualTo(instant.truncatedTo(ChronoUnit.MILLIS));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.0",
    "499, 0.0",
    "500, 0.001",
    "1000, 0.001",
    "5000000, 5.0",
    "12400000, 12.4",
    "12340000, 12.34",
    "12345678, 12.346",
    "120000000, 120.0"
  })
  void writesDurationsInMilliseconds(long nanos, String millis) {
    assertThat(WireTime.millis(nanos)).hasToString(millis);
  }
}
