package dev.millrace.perf.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StressTest {
  private static final int RATE = 300;
  private final Stress stress =
      new Stress(
          null,
          new Options(10, 1, 1, 100, 32, Options.Bound.ADMISSION),
          null,
          "chain3",
          "CapacitySimulation",
          "OverloadSimulation",
          true);

  @Test
  void acceptsWhoGoesOnAndRefusesTheRestAtOnce() {
    Judgement judgement =
        stress.judge(run(100, 150, 0, 0, 0), run(90, 160, 200, 2, 0), run(50, 150, 0, 0, 0), RATE);

    assertThat(judgement.holds()).isTrue();
  }

  @Test
  void rejectsWhoDoesLessUnderMoreLoad() {
    Judgement judgement =
        stress.judge(run(100, 150, 0, 0, 0), run(79, 160, 220, 2, 0), run(50, 150, 0, 0, 0), RATE);

    assertThat(judgement.holds()).isFalse();
  }

  @Test
  void rejectsRefusalsThatTakeTheirTime() {
    Judgement judgement =
        stress.judge(
            run(100, 150, 0, 0, 0), run(90, 160, 200, 100, 0), run(50, 150, 0, 0, 0), RATE);

    assertThat(judgement.holds()).isFalse();
  }

  @Test
  void rejectsRefusalsThatSayNotWhenToComeBack() {
    Judgement judgement =
        stress.judge(run(100, 150, 0, 0, 0), run(90, 160, 200, 2, 1), run(50, 150, 0, 0, 0), RATE);

    assertThat(judgement.holds()).isFalse();
  }

  @Test
  void rejectsWhoDoesNotRecover() {
    Judgement judgement =
        stress.judge(run(100, 150, 0, 0, 0), run(90, 160, 200, 2, 0), run(50, 900, 0, 0, 0), RATE);

    assertThat(judgement.holds()).isFalse();
  }

  @Test
  void rejectsARunWhoseGeneratorDidNotSendEnough() {
    Judgement judgement =
        stress.judge(run(100, 150, 0, 0, 0), run(90, 160, 20, 2, 0), run(50, 150, 0, 0, 0), RATE);

    assertThat(judgement.holds()).isFalse();
  }

  @Test
  void rejectsARunThatWasNoOverload() {
    Judgement judgement =
        stress.judge(run(100, 150, 0, 0, 0), run(200, 160, 90, 2, 0), run(50, 150, 0, 0, 0), 290);

    assertThat(judgement.holds()).isFalse();
  }

  /** One second that counts. */
  private static Outcomes run(
      int good, int goodMillis, int refused, int refusedMillis, int malformed) {
    Map<String, Outcomes.Series> series = new LinkedHashMap<>();
    series.put("chain3", new Outcomes.Series(List.of(0, good), goodMillis, goodMillis, goodMillis));
    if (refused > 0) {
      series.put(
          "chain3 refused",
          new Outcomes.Series(List.of(0, refused), refusedMillis, refusedMillis, refusedMillis));
    }
    return new Outcomes(1, 1, series, Map.of(), malformed);
  }
}
