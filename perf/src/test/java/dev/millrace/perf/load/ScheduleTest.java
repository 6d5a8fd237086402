package dev.millrace.perf.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

  @Test
  void requestsOfAMillisecondAreDueTogetherAtItsBeginning() {
    Schedule schedule = Schedule.of(2_500, Duration.ofSeconds(2));

    assertThat(schedule.requests()).isEqualTo(5_000);
    assertThat(schedule.dueAfter(0)).isZero();
    assertThat(schedule.dueAfter(2)).isZero();
    assertThat(schedule.dueAfter(3)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(1));
    assertThat(schedule.dueAfter(2_500)).isEqualTo(TimeUnit.SECONDS.toNanos(1));
  }

  /** Counting what is due and asking each request when it is due must agree. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 333, 999, 1_000, 1_001, 7_919})
  void countsExactlyTheRequestsThatAreDue(int rate) {
    Schedule schedule = Schedule.of(rate, Duration.ofSeconds(2));

    for (int micros = 0; micros < 2_100_000; micros += 250) {
      long nanos = TimeUnit.MICROSECONDS.toNanos(micros);
      int due = schedule.dueBy(nanos);
      assertThat(due == 0 || schedule.dueAfter(due - 1) <= nanos).isTrue();
      assertThat(due == schedule.requests() || schedule.dueAfter(due) > nanos).isTrue();
    }
    assertThat(schedule.dueBy(-1)).isZero();
  }

  @Test
  void isBounded() {
    assertThatThrownBy(() -> Schedule.of(0, Duration.ofSeconds(1)))
        .hasMessageContaining("at least one request a second");
    assertThatThrownBy(() -> Schedule.of(1_000_000, Duration.ofMinutes(10)))
        .hasMessageContaining("20000000");
  }
}
