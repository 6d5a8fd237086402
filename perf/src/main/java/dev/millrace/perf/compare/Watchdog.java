package dev.millrace.perf.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * Tells when a comparison measured something else than its contestants: a busy upstream or load
 * generator, other programs, a crowded host. Stateless.
 */
final class Watchdog {

  private static final double BOTTLENECK = 0.90;
  private static final double DISTURBANCE = 0.05;
  private static final double STEAL = 0.02;
  private static final double LATE_MILLIS = 1.0;

  private Watchdog() {}

  /** One line for each finding, shape and load; none when the numbers can be trusted. */
  static List<String> findings(List<Measurement> measurements) {
    List<String> findings = new ArrayList<>();
    for (Cell cell : measurements.stream().map(Measurement::cell).distinct().toList()) {
      List<Measurement> runs =
          measurements.stream().filter(measurement -> measurement.cell().equals(cell)).toList();
      addFinding(
          findings,
          cell,
          runs,
          Measurement::upstreamShare,
          BOTTLENECK,
          "the upstream was the bottleneck: it used %d %% of its cores (try --upstream-loops)");
      addFinding(
          findings,
          cell,
          runs,
          Measurement::loadShare,
          BOTTLENECK,
          "the load generator was the bottleneck: it used %d %% of its cores (try --threads)");
      addFinding(
          findings,
          cell,
          runs,
          Measurement::otherShare,
          DISTURBANCE,
          "other programs used %d %% of the machine");
      addFinding(
          findings,
          cell,
          runs,
          Measurement::stolenShare,
          STEAL,
          "the machine's host took %d %% of it away");
      addLateness(findings, cell, runs);
    }
    return findings;
  }

  /** What makes an open loop's latencies those of something else. */
  private static void addLateness(List<String> findings, Cell cell, List<Measurement> runs) {
    double late =
        runs.stream()
            .flatMap(run -> run.result().pace().stream())
            .mapToDouble(LoadResult.Pace::lateP99Millis)
            .max()
            .orElse(0);
    if (late > LATE_MILLIS) {
      findings.add(
          String.format(
              Locale.ROOT,
              "%s: the load generator itself was late, by %.1f ms at the 99th percentile of a run",
              cell,
              late));
    }
    runs.stream()
        .filter(run -> run.result().pace().filter(pace -> pace.held() > 0).isPresent())
        .collect(Collectors.groupingBy(Measurement::contestant, TreeMap::new, Collectors.toList()))
        .forEach(
            (contestant, held) ->
                findings.add(
                    String.format(
                        Locale.ROOT,
                        "%s: in %d runs %s did not keep up: up to %,d executions waited for one of"
                            + " %d in flight, and up to %,d were given up",
                        cell,
                        held.size(),
                        contestant,
                        most(held, LoadResult.Pace::held),
                        cell.load().mostInFlight(),
                        most(held, LoadResult.Pace::unsent))));
  }

  private static int most(List<Measurement> runs, ToIntFunction<LoadResult.Pace> count) {
    return runs.stream()
        .mapToInt(run -> count.applyAsInt(run.result().pace().get()))
        .max()
        .getAsInt();
  }

  private static void addFinding(
      List<String> findings,
      Cell cell,
      List<Measurement> runs,
      ToDoubleFunction<Measurement> share,
      double limit,
      String finding) {
    double most = runs.stream().mapToDouble(share).max().orElse(0);
    long count = runs.stream().filter(run -> share.applyAsDouble(run) > limit).count();
    if (count > 0) {
      findings.add(
          cell
              + ": in "
              + count
              + " of "
              + runs.size()
              + " runs "
              + String.format(Locale.ROOT, finding, Math.round(most * 100)));
    }
  }
}
