package dev.millrace.perf.load;

import java.util.Arrays;

/**
 * What a run of {@link OpenLoop} saw; immutable.
 *
 * @param rate requests a second that were due
 * @param seconds from the first request to the last answer
 * @param answered requests with status 200, from when they were due
 * @param refused requests that were turned away with another status
 * @param failed requests without any answer
 * @param wrong answers with status 200 that were not as expected
 * @param late by how much the generator itself was late with what it sent
 * @param held requests that had to wait because too many were in flight: the server did not keep up
 * @param unsent requests that were due and given up, for the same reason
 */
public record LoadReport(
    int rate,
    double seconds,
    Latency answered,
    Latency refused,
    int failed,
    int wrong,
    Latency late,
    int held,
    int unsent) {

  /** Times in milliseconds; all zero where there are none. */
  public record Latency(int count, double p50, double p99, double p999, double longest) {
    static Latency of(long[] nanos) {
      long[] sorted = nanos.clone();
      Arrays.sort(sorted);
      return new Latency(
          sorted.length,
          millis(sorted, 0.5),
          millis(sorted, 0.99),
          millis(sorted, 0.999),
          millis(sorted, 1.0));
    }

    private static double millis(long[] sorted, double share) {
      int place = (int) Math.ceil(share * sorted.length) - 1;
      return sorted.length == 0 ? 0 : sorted[Math.max(0, place)] / 1e6;
    }
  }
}
