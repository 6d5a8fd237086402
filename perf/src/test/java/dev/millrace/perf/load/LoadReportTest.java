package dev.millrace.perf.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoadReportTest {

  @Test
  void latenciesAreTheNearestRanks() {
    long[] nanos = new long[2_000];
    for (int i = 0; i < nanos.length; i++) {
      nanos[i] = TimeUnit.MILLISECONDS.toNanos(nanos.length - i);
    }

    assertThat(LoadReport.Latency.of(nanos))
        .isEqualTo(new LoadReport.Latency(2_000, 1_000, 1_980, 1_998, 2_000));
    assertThat(LoadReport.Latency.of(new long[0])).isEqualTo(new LoadReport.Latency(0, 0, 0, 0, 0));
  }
}
