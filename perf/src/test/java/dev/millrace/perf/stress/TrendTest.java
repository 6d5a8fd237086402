package dev.millrace.perf.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrendTest {

  @Test
  void growsByTheShareOfItsLevelThatItGains() {
    // Given 100 at first and 1 more every 10 seconds
    List<Trend.Point> points = new ArrayList<>();
    for (int step = 0; step <= 10; step++) {
      points.add(new Trend.Point(10 * step, 100 + step));
    }

    Trend trend = Trend.of(points);

    assertThat(trend.slope()).isCloseTo(0.1, within(1e-9));
    assertThat(trend.level()).isEqualTo(105);
    assertThat(trend.growth(100)).isCloseTo(10.0 / 105, within(1e-9));
  }

  @Test
  void isNotSwayedByOutliers() {
    List<Trend.Point> points = new ArrayList<>();
    for (int step = 0; step < 20; step++) {
      points.add(new Trend.Point(step, step == 3 || step == 18 ? 900 : 100));
    }

    assertThat(Trend.of(points).growth(20)).isCloseTo(0, within(0.01));
  }

  @Test
  void fallsWhereValuesFall() {
    Trend trend = Trend.of(List.of(new Trend.Point(0, 120), new Trend.Point(10, 80)));

    assertThat(trend.growth(10)).isCloseTo(-0.4, within(1e-9));
  }

  @Test
  void needsTwoMoments() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Trend.of(List.of(new Trend.Point(0, 1))))
        .withMessageContaining("there are 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Trend.of(List.of(new Trend.Point(5, 1), new Trend.Point(5, 2))))
        .withMessageContaining("one moment");
  }
}
