package dev.millrace.perf.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class OutcomesTest {
  private static final String REPORT =
      """
      {"warmUpSeconds": 1, "seconds": 2, "malformedRefusals": 3, "failures": {"500": 1},
       "series": {
         "chain3": {"perSecond": [5, 10, 20, 7], "p50Millis": 4, "p99Millis": 9, "maxMillis": 12},
         "chain3 refused": {"perSecond": [0, 2, 4], "p50Millis": 1, "p99Millis": 2, "maxMillis": 2},
         "chain3 failed": {"perSecond": [0, 1], "p50Millis": 1, "p99Millis": 1, "maxMillis": 1}}}
      """;

  private final Outcomes outcomes = Outcomes.of(JsonMapper.shared().readTree(REPORT));

  @Test
  void countsTheSecondsAfterTheWarmUp() {
    assertThat(outcomes.goodput("chain3")).isEqualTo(15);
    assertThat(outcomes.answered("chain3")).isEqualTo(18.5);
    assertThat(outcomes.refusals("chain3")).isEqualTo(6);
  }

  @Test
  void countsEverythingWhereNothingMayBeLeftOut() {
    assertThat(outcomes.goodInAll()).isEqualTo(42);
    assertThat(outcomes.refusedInAll()).isEqualTo(6);
    assertThat(outcomes.failedInAll()).isEqualTo(1);
    assertThat(outcomes.failures()).isEqualTo(Map.of("500", 1));
    assertThat(outcomes.malformedRefusals()).isEqualTo(3);
  }

  @Test
  void knowsNothingOfWhatDidNotHappen() {
    assertThat(outcomes.good("single")).isSameAs(Outcomes.Series.NONE);
    assertThat(outcomes.goodput("single")).isZero();
  }

  @Test
  void comparesTheHalves() {
    assertThat(DatabaseLoad.halves(outcomes, "chain3")).isEqualTo(2);
  }

  @Test
  void findsTheFirstLevelThatComesCloseToTheBest() {
    assertThat(Ramp.saturation(List.of(10.0, 50.0, 91.0, 100.0, 95.0))).isEqualTo(2);
  }
}
