package dev.millrace.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ComparisonTest {

  private static final Cell CELL = new Cell(Shape.SINGLE, new Load.Closed(64));
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
    Ratio cpu = COMPARISON.ratios().get(CELL).get(Measure.CPU);

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
            | shape  | load           | median of             | millrace | direct | ratio | ratios of the rounds |
            |--------|----------------|-----------------------|---------:|-------:|------:|---------------------:|
            | single | 64 connections | executions per second |    1,100 |  2,000 |  0.55 |         0.50 to 0.60 |
            | single | 64 connections | p50, ms               |     1.50 |   1.50 |  1.00 |         1.00 to 1.00 |
            | single | 64 connections | p99, ms               |     4.25 |   4.25 |  1.00 |         1.00 to 1.00 |
            | single | 64 connections | p99.9, ms             |     9.75 |   9.75 |  1.00 |         1.00 to 1.00 |
            | single | 64 connections | CPU seconds per 1,000 |    0.200 |  0.100 |  2.00 |         2.00 to 2.00 |
            | single | 64 connections | KB allocated each     |     27.5 |   15.0 |  1.83 |         1.67 to 2.00 |
            """);
  }

  @Test
  void writesTheSameNumbersAsJson() {
    String report =
        JsonReport.print("none", COMPARISON, List.of("machine: small"), List.of("a finding"));

    JsonNode json = JsonMapper.shared().readTree(report);
    assertThat(json.at("/comparison").stringValue()).isEqualTo("none");
    assertThat(json.at("/results/0/shape").stringValue()).isEqualTo("single");
    assertThat(json.at("/results/0/load").stringValue()).isEqualTo("64 connections");
    assertThat(json.at("/results/0/measures/cpu/ratio").doubleValue()).isCloseTo(2.0, within(1e-9));
    assertThat(json.at("/results/0/measures/throughput/rounds").size()).isEqualTo(2);
    assertThat(json.at("/results/0/measures/throughput/rounds/0").doubleValue())
        .isCloseTo(0.5, within(1e-9));
    assertThat(json.at("/runs/0/cpu").doubleValue()).isCloseTo(0.2, within(1e-9));
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
            "single, 64 connections: in 2 of 4 runs the upstream was the bottleneck: it used 95 % of its cores"
                + " (try --upstream-loops)");
  }

  @Test
  void theWatchdogSaysWhenAnOpenLoopWasLateOrAContestantCouldNotKeepUp() {
    Cell open = new Cell(Shape.CHAIN3, new Load.Open(80, 4_000));
    Measurement punctual = run(open, "direct", new LoadResult.Pace(0.3, 9, 0, 0));
    Measurement late = run(open, "direct", new LoadResult.Pace(1.5, 9, 0, 0));
    Measurement slow = run(open, "millrace", new LoadResult.Pace(0.3, 9, 7_000, 20));

    assertThat(Watchdog.findings(List.of(punctual))).isEmpty();
    assertThat(Watchdog.findings(List.of(late, slow)))
        .containsExactly(
            "chain3, 80 % open: 4000/s: the load generator itself was late, by 1.5 ms at the 99th"
                + " percentile of a run",
            "chain3, 80 % open: 4000/s: in 1 runs millrace did not keep up: up to 7,000 executions"
                + " waited for one of 512 in flight, and up to 20 were given up");
  }

  private static Measurement run(
      String contestant, int round, long executions, double cpuSeconds, double upstreamShare) {
    LoadResult result =
        new LoadResult(executions, 10.0, 1.5, 4.25, 9.75, Optional.empty(), List.of());
    long allocatedBytes = contestant.equals("millrace") ? 300_000_000L : 150_000L * executions / 10;
    return new Measurement(
        CELL,
        contestant,
        round,
        result,
        cpuSeconds,
        0,
        allocatedBytes,
        upstreamShare,
        0.4,
        0.01,
        0.0);
  }

  private static Measurement run(Cell cell, String contestant, LoadResult.Pace pace) {
    LoadResult result = new LoadResult(40_000, 10.0, 1.5, 4.25, 9.75, Optional.of(pace), List.of());
    return new Measurement(cell, contestant, 1, result, 1, 0, 1, 0.4, 0.4, 0.01, 0.0);
  }
}
