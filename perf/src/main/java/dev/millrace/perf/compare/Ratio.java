package dev.millrace.perf.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * One measure of one shape for both contestants: medians over the rounds, their ratio, and how far
 * the ratios of the single rounds spread. Immutable.
 *
 * @param engine median of the engine
 * @param baseline median of the baseline
 * @param rounds the ratio of each round
 */
record Ratio(double engine, double baseline, List<Double> rounds) {

  Ratio {
    rounds = List.copyOf(rounds);
  }

  double value() {
    return engine / baseline;
  }

  /** The smallest of a round. */
  double least() {
    return Collections.min(rounds);
  }

  /** The largest of a round. */
  double most() {
    return Collections.max(rounds);
  }

  /** Both lists hold one value a round, in the same order. */
  static Ratio of(List<Double> engine, List<Double> baseline) {
    if (engine.isEmpty() || engine.size() != baseline.size()) {
      throw new IllegalArgumentException(
          "the contestants need the same number of rounds, at least one; they have "
              + engine.size()
              + " and "
              + baseline.size());
    }
    List<Double> rounds = new ArrayList<>();
    for (int round = 0; round < engine.size(); round++) {
      rounds.add(engine.get(round) / baseline.get(round));
    }
    return new Ratio(median(engine), median(baseline), rounds);
  }

  static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
