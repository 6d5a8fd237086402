package dev.millrace.perf.compare;

import java.util.Arrays;
import java.util.List;

/**
 * One measure of one shape for both contestants: medians over the rounds, their ratio, and how far
 * the ratios of the single rounds spread. Immutable.
 *
 * @param engine median of the engine
 * @param baseline median of the baseline
 * @param least smallest ratio of a round
 * @param most largest ratio of a round
 */
record Ratio(double engine, double baseline, double least, double most) {

  double value() {
    return engine / baseline;
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
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int round = 0; round < engine.size(); round++) {
      double ratio = engine.get(round) / baseline.get(round);
      least = Math.min(least, ratio);
      most = Math.max(most, ratio);
    }
    return new Ratio(median(engine), median(baseline), least, most);
  }

  static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
