package dev.millrace.perf.stress;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * How the requests of one simulation ended, as it noted them. Immutable.
 *
 * @param warmUpSeconds at the beginning, which do not count
 * @param seconds that count
 * @param series by the name of the request; those refused or failed have a name of their own
 * @param failures how many of each kind, over the whole run
 * @param malformedRefusals refusals without the type or the header that callers need
 */
record Outcomes(
    int warmUpSeconds,
    int seconds,
    Map<String, Series> series,
    Map<String, Integer> failures,
    int malformedRefusals) {
  private static final String REFUSED = " refused";
  private static final String FAILED = " failed";

  /**
   * The answers of one name; the times are those of the seconds that count.
   *
   * @param perSecond how many came in each second since the first
   */
  record Series(List<Integer> perSecond, int p50Millis, int p99Millis, int maxMillis) {
    static final Series NONE = new Series(List.of(), 0, 0, 0);

    Series {
      perSecond = List.copyOf(perSecond);
    }

    long count(int from, int to) {
      long count = 0;
      for (int second = Math.max(0, from); second < Math.min(to, perSecond.size()); second++) {
        count += perSecond.get(second);
      }
      return count;
    }
  }

  static Outcomes of(JsonNode report) {
    Map<String, Series> series = new TreeMap<>();
    report.get("series").forEachEntry((name, answers) -> series.put(name, series(answers)));
    Map<String, Integer> failures = new TreeMap<>();
    report.get("failures").forEachEntry((kind, count) -> failures.put(kind, count.intValue()));
    return new Outcomes(
        report.get("warmUpSeconds").intValue(),
        report.get("seconds").intValue(),
        series,
        failures,
        report.get("malformedRefusals").intValue());
  }

  private static Series series(JsonNode answers) {
    List<Integer> perSecond = new ArrayList<>();
    answers.get("perSecond").forEach(count -> perSecond.add(count.intValue()));
    return new Series(
        perSecond,
        answers.get("p50Millis").intValue(),
        answers.get("p99Millis").intValue(),
        answers.get("maxMillis").intValue());
  }

  /** Answers as expected. */
  Series good(String name) {
    return series.getOrDefault(name, Series.NONE);
  }

  /** Answers that refused for want of capacity. */
  Series refused(String name) {
    return series.getOrDefault(name + REFUSED, Series.NONE);
  }

  /** Answers as expected a second, of those that count. */
  double goodput(String name) {
    return rate(good(name));
  }

  /** All answers a second, of those that count. */
  double answered(String name) {
    return rate(good(name))
        + rate(refused(name))
        + rate(series.getOrDefault(name + FAILED, Series.NONE));
  }

  /** Refusals among the answers that count. */
  long refusals(String name) {
    return refused(name).count(warmUpSeconds, warmUpSeconds + seconds);
  }

  private double rate(Series answers) {
    return answers.count(warmUpSeconds, warmUpSeconds + seconds) / (double) seconds;
  }

  /** Of the whole run, with its warm-up. */
  long goodInAll() {
    return inAll(name -> !name.endsWith(REFUSED) && !name.endsWith(FAILED));
  }

  /** Of the whole run, with its warm-up. */
  long refusedInAll() {
    return inAll(name -> name.endsWith(REFUSED));
  }

  /** Of the whole run, with its warm-up. */
  long failedInAll() {
    return inAll(name -> name.endsWith(FAILED));
  }

  private long inAll(Predicate<String> counts) {
    return series.entrySet().stream()
        .filter(each -> counts.test(each.getKey()))
        .mapToLong(each -> each.getValue().count(0, Integer.MAX_VALUE))
        .sum();
  }
}
