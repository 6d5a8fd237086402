package dev.millrace.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoundsTest {

  @Test
  void countsTheRoundsThatWereAskedFor() {
    assertThat(Rounds.name(1, 5, 5)).isEqualTo("round 1 of 5");
    assertThat(Rounds.name(5, 5, 5)).isEqualTo("round 5 of 5");
  }

  @Test
  void saysWhichRoundsAreMoreThanWereAskedFor() {
    assertThat(Rounds.name(6, 5, 10)).isEqualTo("round 6, 1 of 5 more");
    assertThat(Rounds.name(12, 5, 15)).isEqualTo("round 12, 7 of 10 more");
  }
}
