package dev.millrace.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ComparisonTest {

  private static final Comparison COMPARISON =
      new Comparison(
          "millrace",
          "direct",
          List.of(
              run("millrace", 1, 10_000, 2.0, 0.5),
              run("direct", 1, 20_000, 2.0, 0.5),
              run("direct", 2, 20_000, 2.0, 0.95),
              run("millrace", 2, 12_000, 2.4, 0.92)));

  @Test
  void comparesWhatOneExecutionCosts() {
    Ratio cpu = COMPARISON.ratios().get(Shape.SINGLE).get(Measure.CPU);

    assertThat(cpu.engine()).isCloseTo(0.2, within(1e-9));
    assertThat(cpu.baseline()).isCloseTo(0.1, within(1e-9));
    assertThat(cpu.value()).isCloseTo(2.0, within(1e-9));
  }

  @Test
  void printsATableThatLinesUp() {
    String table = ComparisonTable.print(COMPARISON);

    assertThat(table)
        .isEqualTo(
            """
            | shape  | median of             | millrace | direct | ratio | ratios of the rounds |
            |--------|-----------------------|---------:|-------:|------:|---------------------:|
            | single | executions per second |    1,100 |  2,000 |  0.55 |         0.50 to 0.60 |
            | single | p50, ms               |     1.50 |   1.50 |  1.00 |         1.00 to 1.00 |
            | single | p99, ms               |     4.25 |   4.25 |  1.00 |         1.00 to 1.00 |
            | single | CPU seconds per 1,000 |    0.200 |  0.100 |  2.00 |         2.00 to 2.00 |
            """);
  }

  @Test
  void writesTheSameNumbersAsJson() {
    String report = JsonReport.print(COMPARISON, List.of("machine: small"), List.of("a finding"));

    JsonNode json = JsonMapper.shared().readTree(report);
    assertThat(json.at("/shapes/single/CPU seconds per 1,000/ratio").doubleValue())
        .isCloseTo(2.0, within(1e-9));
    assertThat(json.at("/runs").size()).isEqualTo(4);
    assertThat(json.at("/runs/0/contestant").stringValue()).isEqualTo("millrace");
    assertThat(json.at("/setting/0").stringValue()).isEqualTo("machine: small");
    assertThat(json.at("/findings/0").stringValue()).isEqualTo("a finding");
  }

  @Test
  void theWatchdogNamesABusyUpstreamAndNothingElse() {
    List<String> findings = Watchdog.findings(COMPARISON.measurements());

    assertThat(findings)
        .containsExactly(
            "single: in 2 of 4 runs the upstream was the bottleneck: it used 95 % of its cores"
                + " (try --upstream-loops)");
  }

  private static Measurement run(
      String contestant, int round, long executions, double cpuSeconds, double upstreamShare) {
    return new Measurement(
        Shape.SINGLE,
        contestant,
        round,
        executions,
        10.0,
        1.5,
        4.25,
        cpuSeconds,
        0,
        upstreamShare,
        0.4,
        0.01,
        0.0);
  }
}
