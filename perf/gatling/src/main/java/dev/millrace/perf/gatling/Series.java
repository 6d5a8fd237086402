package dev.millrace.perf.gatling;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The answers of one kind of request: how many came in each second, and how long those took that
 * count. Owned by {@link Outcomes}, which lets one thread at a time in.
 */
final class Series {
  /** Longer ones count as this: no request is waited for any longer. */
  private static final int LONGEST_MILLIS = 30_000;

  private final List<Integer> perSecond = new ArrayList<>();
  private final int[] byMillis = new int[LONGEST_MILLIS + 1];
  private int timed;

  void add(int second, int millis, boolean counts) {
    while (perSecond.size() <= second) {
      perSecond.add(0);
    }
    perSecond.set(second, perSecond.get(second) + 1);
    if (counts) {
      byMillis[Math.max(0, Math.min(LONGEST_MILLIS, millis))]++;
      timed++;
    }
  }

  Map<String, Object> report() {
    return Map.of(
        "perSecond",
        perSecond,
        "p50Millis",
        percentile(0.50),
        "p99Millis",
        percentile(0.99),
        "maxMillis",
        percentile(1.0));
  }

  /** The time that this share of the answers did not exceed; 0 without answers. */
  private int percentile(double share) {
    long rank = (long) Math.ceil(share * timed);
    long seen = 0;
    for (int millis = 0; millis <= LONGEST_MILLIS && rank > 0; millis++) {
      seen += byMillis[millis];
      if (seen >= rank) {
        return millis;
      }
    }
    return 0;
  }
}
