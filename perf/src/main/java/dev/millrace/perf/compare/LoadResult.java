package dev.millrace.perf.compare;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What wrk saw in one run, read from the line that {@code wrk/execute.lua} prints. Made by {@link
 * LoadRun} on the main thread.
 *
 * @param requests answers that arrived whole
 * @param micros how long the run took
 * @param errors one line for each kind of error that occurred
 */
record LoadResult(long requests, long micros, long p50Micros, long p99Micros, List<String> errors) {

  private static final String MARK = "perf-result ";

  LoadResult {
    errors = List.copyOf(errors);
  }

  double seconds() {
    return micros / 1e6;
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
    addError(errors, json, "status", "answers with a status of 400 or more");
    addError(errors, json, "connect", "refused connections");
    addError(errors, json, "read", "failed reads");
    addError(errors, json, "write", "failed writes");
    addError(errors, json, "timeout", "time-outs");
    return new LoadResult(
        json.required("requests").longValue(),
        json.required("micros").longValue(),
        json.required("p50Micros").longValue(),
        json.required("p99Micros").longValue(),
        errors);
  }

  private static void addError(List<String> errors, JsonNode json, String name, String meaning) {
    long count = json.required(name).longValue();
    if (count > 0) {
      errors.add(count + " " + meaning);
    }
  }
}
