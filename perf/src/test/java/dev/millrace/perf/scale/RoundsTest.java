package dev.millrace.perf.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {

  @Test
  void comparesWithinARoundSoThatABusierMachineIsNoDifference() {
    // Given a machine that does all at half the speed in the third round
    Rounds rounds = new Rounds(2);
    for (double slowness : new double[] {1, 1, 2}) {
      rounds.add(0, 10 * slowness);
      rounds.add(1, 11 * slowness);
    }

    double ratio = rounds.ratio(1, 0);

    assertThat(ratio).isEqualTo(1.1);
    assertThat(rounds.median(0)).isEqualTo(10);
  }

  @Test
  void isSteadyOnceNoContestantChangesMuchAnyMore() {
    Rounds rounds = new Rounds(2);
    rounds.add(0, 100);
    rounds.add(1, 200);
    assertThat(rounds.isSteady(0.05)).isFalse();

    rounds.add(0, 104);
    rounds.add(1, 150);
    assertThat(rounds.isSteady(0.05)).isFalse();

    rounds.add(0, 100);
    rounds.add(1, 144);
    assertThat(rounds.isSteady(0.05)).isTrue();
  }

  @Test
  void takesTheMiddleOfAnEvenNumber() {
    assertThat(Rounds.median(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(2.5);
  }
}
