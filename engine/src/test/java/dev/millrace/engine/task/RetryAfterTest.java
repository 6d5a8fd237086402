package dev.millrace.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
  /** Sun, 06 Nov 1994 08:49:37 GMT. */
  private static final long NOW = 784_111_777_000L;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0                             | 0",
        "7                             | 7000",
        " 120                          | 120000",
        "99999999999999                | 31622400000",
        "9999999999999999999999        | -1",
        "1.5                           | -1",
        "-3                            | -1",
        "soon                          | -1",
        "''                            | -1",
        "Sun, 06 Nov 1994 08:49:47 GMT | 10000",
        "Sun, 06 Nov 1994 08:00:00 GMT | 0",
        "Mon, 06 Nov 2094 08:00:00 GMT | -1",
        "Sat, 06 Nov 2094 08:00:00 GMT | 31622400000",
        "7xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx | -1",
      })
  void reads(String header, long expected) {
    assertThat(RetryAfter.millis(header, NOW)).isEqualTo(expected);
  }

  @Test
  void nothingIsNothing() {
    assertThat(RetryAfter.millis(null, NOW)).isEqualTo(RetryAfter.NONE);
  }
}
