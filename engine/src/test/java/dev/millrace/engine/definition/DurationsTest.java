package dev.millrace.engine.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "1ms, 1, 1ms",
    "500ms, 500, 500ms",
    "1000ms, 1000, 1s",
    "30s, 30000, 30s",
    "90s, 90000, 90s",
    "5m, 300000, 5m",
    "90m, 5400000, 90m",
    "2h, 7200000, 2h",
    "24h, 86400000, 24h",
    "007s, 7000, 7s"
  })
  void reads_and_writes(String text, long millis, String formatted) {
    assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
    assertThat(Durations.format(Duration.ofMillis(millis))).isEqualTo(formatted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5",
        "s",
        "ms",
        "-1s",
        "+1s",
        "1.5s",
        "1 s",
        " 1s",
        "1s ",
        "1S",
        "1d",
        "1m30s",
        "0s",
        "0ms",
        "25h",
        "86400001ms",
        "9999999999ms",
        "99999999999999999999h",
        "PT5S",
        "\u0661s"
      })
  void refuses_what_is_not_a_duration(String text) {
    assertThat(Durations.parse(text)).isNull();
  }

  @Property
  void what_is_written_reads_as_the_same(
      @ForAll @LongRange(min = 1, max = 86_400_000) long millis) {
    Duration duration = Duration.ofMillis(millis);

    assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
  }
}
