package dev.millrace.perf.scale;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What several contestants cost, each measured once in every round, so that a machine that gets
 * busier does so for all of them. Filled on the main thread.
 */
final class Rounds {
  private final List<List<Double>> values = new ArrayList<>();

  Rounds(int contestants) {
    for (int contestant = 0; contestant < contestants; contestant++) {
      values.add(new ArrayList<>());
    }
  }

  void add(int contestant, double value) {
    values.get(contestant).add(value);
  }

  double median(int contestant) {
    return median(values.get(contestant));
  }

  /**
   * Whether the last two values of each contestant differ by less than such a share of the larger.
   */
  boolean isSteady(double share) {
    return values.stream().allMatch(each -> isSteady(each, share));
  }

  private static boolean isSteady(List<Double> values, double share) {
    int count = values.size();
    if (count < 2) {
      return false;
    }
    double last = values.get(count - 1);
    double before = values.get(count - 2);
    return Math.abs(last - before) < share * Math.max(last, before);
  }

  /** The median of the ratios within a round: one contestant to another. */
  double ratio(int contestant, int other) {
    return median(ratios(contestant, other));
  }

  List<Double> ratios(int contestant, int other) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < values.get(contestant).size(); round++) {
      ratios.add(values.get(contestant).get(round) / values.get(other).get(round));
    }
    return ratios;
  }

  static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
