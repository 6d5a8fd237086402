package dev.millrace.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RatioTest {

  @Test
  void dividesMediansAndShowsTheSpreadOfTheRounds() {
    Ratio ratio = Ratio.of(List.of(30.0, 10.0, 20.0), List.of(10.0, 10.0, 40.0));

    assertThat(ratio).isEqualTo(new Ratio(20.0, 10.0, List.of(3.0, 1.0, 0.5)));
    assertThat(ratio.value()).isEqualTo(2.0);
    assertThat(ratio.least()).isEqualTo(0.5);
    assertThat(ratio.most()).isEqualTo(3.0);
  }

  @Test
  void takesTheMeanOfTheTwoInTheMiddle() {
    assertThat(Ratio.median(List.of(4.0, 1.0, 3.0, 2.0))).isEqualTo(2.5);
    assertThat(Ratio.median(List.of(7.0))).isEqualTo(7.0);
  }

  @Test
  void refusesContestantsWithDifferentRounds() {
    assertThatThrownBy(() -> Ratio.of(List.of(1.0), List.of(1.0, 2.0)))
        .hasMessageContaining("they have 1 and 2");
    assertThatThrownBy(() -> Ratio.of(List.of(), List.of())).hasMessageContaining("at least one");
  }
}
