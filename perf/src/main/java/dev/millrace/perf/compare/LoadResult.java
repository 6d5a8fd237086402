package dev.millrace.perf.compare;

import dev.millrace.perf.load.LoadReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the caller saw in one run. Made by {@link Wrk} from the line that {@code wrk/execute.lua}
 * prints, or by {@link OpenLoad}, on the main thread.
 *
 * @param requests answers that arrived whole
 * @param seconds how long the run took
 * @param pace how the generator kept up; empty where callers wait for their answers
 * @param errors one line for each kind of error that occurred
 */
record LoadResult(
    long requests,
    double seconds,
    double p50Millis,
    double p99Millis,
    double p999Millis,
    Optional<Pace> pace,
    List<String> errors) {

  private static final String MARK = "perf-result ";

  /**
   * How a fixed rate was kept.
   *
   * @param lateP99Millis by how much the generator itself was late
   * @param held requests that waited because too many were in flight
   * @param unsent requests that were given up, for the same reason
   */
  record Pace(double lateP99Millis, double lateMostMillis, int held, int unsent) {}

  LoadResult {
    errors = List.copyOf(errors);
  }

  static LoadResult of(LoadReport report) {
    List<String> errors = new ArrayList<>();
    addError(errors, report.refused().count(), "answers with a status that is not 200");
    addError(errors, report.failed(), "requests without an answer");
    addError(errors, report.wrong(), "empty answers");
    return new LoadResult(
        report.answered().count(),
        report.seconds(),
        report.answered().p50(),
        report.answered().p99(),
        report.answered().p999(),
        Optional.of(
            new Pace(report.late().p99(), report.late().longest(), report.held(), report.unsent())),
        errors);
  }

  static LoadResult parse(String output) {
    int start = output.indexOf(MARK);
    if (start < 0) {
      throw new IllegalStateException("wrk printed no result:\n" + output.strip());
    }
    int end = output.indexOf('\n', start);
    String line = output.substring(start + MARK.length(), end < 0 ? output.length() : end);
    try {
      return of(JsonMapper.shared().readTree(line));
    } catch (JacksonException malformed) {
      throw new IllegalStateException("wrk printed a malformed result: " + line, malformed);
    }
  }

  private static LoadResult of(JsonNode json) {
    List<String> errors = new ArrayList<>();
    addError(errors, count(json, "status"), "answers with a status of 400 or more");
    addError(errors, count(json, "connect"), "refused connections");
    addError(errors, count(json, "read"), "failed reads");
    addError(errors, count(json, "write"), "failed writes");
    addError(errors, count(json, "timeout"), "time-outs");
    return new LoadResult(
        count(json, "requests"),
        count(json, "micros") / 1e6,
        count(json, "p50Micros") / 1e3,
        count(json, "p99Micros") / 1e3,
        count(json, "p999Micros") / 1e3,
        Optional.empty(),
        errors);
  }

  private static long count(JsonNode json, String name) {
    return json.required(name).longValue();
  }

  private static void addError(List<String> errors, long count, String meaning) {
    if (count > 0) {
      errors.add(count + " " + meaning);
    }
  }
}
