package dev.millrace.perf.webhook;

import java.util.Arrays;

/**
 * What a run of {@link OpenLoop} saw; immutable.
 *
 * @param rate reviews a second that were due
 * @param seconds from the first review to the last answer
 * @param answered reviews that were judged
 * @param refused reviews that were turned away with a status such as 503
 * @param failed requests without any answer
 * @param wrong verdicts that were not "allowed", as all of them should be
 * @param lateMillis by how much the generator itself was late at most
 */
record LoadReport(
    int rate,
    double seconds,
    Latency answered,
    Latency refused,
    int failed,
    int wrong,
    double lateMillis) {

  /** Times in milliseconds; all zero where there are none. */
  record Latency(int count, double p50, double p99, double longest) {
    static Latency of(long[] nanos) {
      long[] sorted = nanos.clone();
      Arrays.sort(sorted);
      return new Latency(
          sorted.length, millis(sorted, 0.5), millis(sorted, 0.99), millis(sorted, 1.0));
    }

    private static double millis(long[] sorted, double share) {
      int place = (int) Math.ceil(share * sorted.length) - 1;
      return sorted.length == 0 ? 0 : sorted[Math.max(0, place)] / 1e6;
    }
  }
}
