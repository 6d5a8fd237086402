package dev.millrace.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.plan.Estimates;
import dev.millrace.engine.plan.Estimates.TaskEstimate;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Estimates by samples. */
class SampledEstimatesTest {
  @Test
  void takesTheNearestRanks() {
    Estimates estimates =
        new SampledEstimates(
            new DurationSamples(
                List.of(),
                Map.of(
                    "many", LongStream.rangeClosed(1, 100).map(ms -> ms * 1_000).boxed().toList(),
                    "two", List.of(1_500L, 9_000L),
                    "one", List.of(7L))));
    assertThat(estimates.task("many")).isEqualTo(new TaskEstimate(50.0, 95.0, 100));
    assertThat(estimates.task("two")).isEqualTo(new TaskEstimate(1.5, 9.0, 2));
    assertThat(estimates.task("one")).isEqualTo(new TaskEstimate(0.007, 0.007, 1));
    assertThat(estimates.task("none")).isEqualTo(TaskEstimate.UNKNOWN);
  }
}
