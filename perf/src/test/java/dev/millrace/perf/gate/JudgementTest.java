package dev.millrace.perf.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.perf.gate.Judgement.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JudgementTest {

  @Test
  void aRatioWithinTheToleranceIsFine() {
    assertThat(verdict(1.25, 1.20, 1.25, 1.31, 1.28, 1.22)).isEqualTo(Verdict.FINE);
    assertThat(verdict(1.25, 1.43, 1.42, 1.41, 1.43, 1.42)).isEqualTo(Verdict.FINE);
    assertThat(verdict(1.25, 1.15, 1.16, 1.17, 1.15, 1.16)).isEqualTo(Verdict.FINE);
  }

  @Test
  void aRatioBeyondToleranceAndNoiseHasWorsened() {
    Judgement judgement =
        Judgement.of("none, chain3: CPU", 1.0, List.of(1.2, 1.22, 1.25, 1.3, 1.21), 0.05);

    assertThat(judgement.verdict()).isEqualTo(Verdict.WORSENED);
    assertThat(judgement.wantsMore()).isTrue();
    assertThat(judgement.explain())
        .startsWith(
            "gate: none, chain3: CPU is 1.22 times the baseline's (1.20 to 1.30 by the noise of 5"
                + " rounds), stored is 1.00: WORSE by 22 %, allowed are 15 %.")
        .contains("perf/gate --write");
  }

  @Test
  void aRatioThatTheNoiseWouldExplainIsUnclear() {
    Judgement judgement = Judgement.of("x", 1.0, List.of(1.0, 1.2, 1.4, 1.3, 0.9), 0);

    assertThat(judgement.verdict()).isEqualTo(Verdict.UNCLEAR);
    assertThat(judgement.wantsMore()).isTrue();
    assertThat(judgement.explain()).contains("not judged");
  }

  /** The noise of a busy machine is not in the spread of the rounds: all of them are worse. */
  @Test
  void nothingIsSaidToBeWorseOnABusyMachine() {
    List<Double> rounds = List.of(3.2, 3.3, 3.4, 3.2, 3.3);

    Judgement judgement = Judgement.of("x", 1.4, rounds, 0.79);

    assertThat(judgement.verdict()).isEqualTo(Verdict.UNCLEAR);
    assertThat(judgement.explain())
        .endsWith(
            "not judged, other programs had 79 % of the machine. Try again on a quiet machine");
    assertThat(Judgement.of("x", 1.4, rounds, 0.2).verdict()).isEqualTo(Verdict.WORSENED);
  }

  @Test
  void oneWildRoundChangesNothing() {
    assertThat(verdict(1.0, 1.0, 1.01, 9.0, 0.99, 1.02)).isEqualTo(Verdict.FINE);
  }

  @Test
  void aRatioThatIsMuchBetterShouldBeStored() {
    Judgement judgement = Judgement.of("x", 1.5, List.of(1.2, 1.21, 1.19, 1.2, 1.22), 0);

    assertThat(judgement.verdict()).isEqualTo(Verdict.IMPROVED);
    assertThat(judgement.wantsMore()).isFalse();
    assertThat(judgement.explain()).contains("perf/gate --write");
  }

  @Test
  void noiseNeedsThreeRounds() {
    assertThatThrownBy(() -> MedianInterval.of(List.of(1.0, 1.1))).hasMessageContaining("3 rounds");
  }

  @Test
  void moreRoundsBringTheBoundsCloser() {
    Random random = new Random(7);
    List<Double> rounds = new ArrayList<>();
    for (int round = 0; round < 5; round++) {
      rounds.add(1 + random.nextGaussian() * 0.1);
    }
    MedianInterval few = MedianInterval.of(rounds);
    for (int round = 5; round < 40; round++) {
      rounds.add(1 + random.nextGaussian() * 0.1);
    }

    MedianInterval many = MedianInterval.of(rounds);

    assertThat(many.most() - many.least()).isLessThan(few.most() - few.least());
    assertThat(many.median()).isCloseTo(1, within(0.05));
    assertThat(MedianInterval.of(rounds)).isEqualTo(many);
  }

  /** Rounds of an unchanged engine with 5 % of noise must not fail, a fifth more must be found. */
  @Test
  void findsWhatIsThereAndNothingElse() {
    Random random = new Random(11);
    int failed = 0;
    int found = 0;
    for (int run = 0; run < 200; run++) {
      List<Double> unchanged = new ArrayList<>();
      List<Double> slower = new ArrayList<>();
      for (int round = 0; round < 10; round++) {
        double noise = 1 + random.nextGaussian() * 0.05;
        unchanged.add(1.3 * noise);
        slower.add(1.3 * 1.25 * noise);
      }
      failed += Judgement.of("x", 1.3, unchanged, 0).verdict() == Verdict.WORSENED ? 1 : 0;
      found += Judgement.of("x", 1.3, slower, 0).verdict() == Verdict.WORSENED ? 1 : 0;
    }

    assertThat(failed).isZero();
    assertThat(found).isGreaterThan(150);
  }

  private static Verdict verdict(double stored, Double... rounds) {
    return Judgement.of("x", stored, List.of(rounds), 0).verdict();
  }
}
