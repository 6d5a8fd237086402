package dev.millrace.perf.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Tells when a comparison measured something else than its contestants: a busy upstream or load
 * generator, other programs, a crowded host. Stateless.
 */
final class Watchdog {

  private static final double BOTTLENECK = 0.90;
  private static final double DISTURBANCE = 0.05;
  private static final double STEAL = 0.02;

  private Watchdog() {}

  /** One line for each finding and shape; none when the numbers can be trusted. */
  static List<String> findings(List<Measurement> measurements) {
    List<String> findings = new ArrayList<>();
    for (Shape shape : Shape.values()) {
      List<Measurement> runs =
          measurements.stream().filter(measurement -> measurement.shape() == shape).toList();
      addFinding(
          findings,
          shape,
          runs,
          Measurement::upstreamShare,
          BOTTLENECK,
          "the upstream was the bottleneck: it used %d %% of its cores (try --upstream-loops)");
      addFinding(
          findings,
          shape,
          runs,
          Measurement::loadShare,
          BOTTLENECK,
          "wrk was the bottleneck: it used %d %% of its cores (try --threads)");
      addFinding(
          findings,
          shape,
          runs,
          Measurement::otherShare,
          DISTURBANCE,
          "other programs used %d %% of the machine");
      addFinding(
          findings,
          shape,
          runs,
          Measurement::stolenShare,
          STEAL,
          "the machine's host took %d %% of it away");
    }
    return findings;
  }

  private static void addFinding(
      List<String> findings,
      Shape shape,
      List<Measurement> runs,
      ToDoubleFunction<Measurement> share,
      double limit,
      String finding) {
    double most = runs.stream().mapToDouble(share).max().orElse(0);
    long count = runs.stream().filter(run -> share.applyAsDouble(run) > limit).count();
    if (count > 0) {
      findings.add(
          shape.label()
              + ": in "
              + count
              + " of "
              + runs.size()
              + " runs "
              + String.format(Locale.ROOT, finding, Math.round(most * 100)));
    }
  }
}
