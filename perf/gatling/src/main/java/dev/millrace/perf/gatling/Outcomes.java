package dev.millrace.perf.gatling;

import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.responseTimeInMillis;
import static io.gatling.javaapi.http.HttpDsl.header;
import static io.gatling.javaapi.http.HttpDsl.status;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Notes how every request ended, second by second, for {@code perf/load} to judge: as expected,
 * refused for want of capacity, or failed in any other way. One for each simulation, used by all of
 * Gatling's threads, one at a time.
 */
final class Outcomes {
  private static final int REFUSED = 503;
  private static final String STATUS = "outcome-status";
  private static final String MILLIS = "outcome-millis";
  private static final String TYPE = "outcome-type";
  private static final String RETRY_AFTER = "outcome-retry-after";
  private static final String BODY = "outcome-body";

  private final Stage stage;
  private final Map<String, Series> series = new LinkedHashMap<>();
  private final Map<String, Integer> failures = new TreeMap<>();
  private int malformedRefusals;
  private long startedAt;

  Outcomes(Stage stage) {
    this.stage = stage;
  }

  /** The load begins now: seconds count from here. */
  synchronized void begin() {
    startedAt = System.nanoTime();
  }

  /**
   * A request whose end is noted.
   *
   * @param name what it counts as
   * @param expected the status of success
   * @param wanted what the body of a success must hold; empty where it does not matter
   */
  ChainBuilder noted(String name, HttpRequestActionBuilder request, int expected, String wanted) {
    HttpRequestActionBuilder checked =
        request.check(
            status().saveAs(STATUS),
            responseTimeInMillis().saveAs(MILLIS),
            header("Content-Type").withDefault("").saveAs(TYPE),
            header("Retry-After").withDefault("").saveAs(RETRY_AFTER),
            status().in(expected, REFUSED));
    if (!wanted.isEmpty()) {
      checked = checked.check(bodyString().saveAs(BODY));
    }
    return exec(checked)
        .exec(
            session -> {
              note(name, expected, wanted, session);
              return session;
            });
  }

  private synchronized void note(String name, int expected, String wanted, Session session) {
    int second = (int) ((System.nanoTime() - startedAt) / 1_000_000_000L);
    boolean counts = second >= stage.warmUp().toSeconds();
    if (!session.contains(STATUS)) {
      add(name + " failed", second, 0, counts);
      failures.merge("no answer", 1, Integer::sum);
      return;
    }
    int code = session.getInt(STATUS);
    int millis = session.getInt(MILLIS);
    if (code == expected && holds(session, wanted)) {
      add(name, second, millis, counts);
    } else if (code == REFUSED) {
      add(name + " refused", second, millis, counts);
      if (!isWellFormedRefusal(session)) {
        malformedRefusals++;
      }
    } else {
      add(name + " failed", second, millis, counts);
      failures.merge(
          code == expected ? code + " with a wrong body" : Integer.toString(code), 1, Integer::sum);
    }
  }

  private static boolean holds(Session session, String wanted) {
    return wanted.isEmpty()
        || Objects.requireNonNullElse(session.getString(BODY), "").contains(wanted);
  }

  private static boolean isWellFormedRefusal(Session session) {
    return Objects.requireNonNullElse(session.getString(TYPE), "")
            .startsWith("application/problem+json")
        && Objects.requireNonNullElse(session.getString(RETRY_AFTER), "").matches("[1-9][0-9]*");
  }

  private void add(String name, int second, int millis, boolean counts) {
    series.computeIfAbsent(name, key -> new Series()).add(second, millis, counts);
  }

  /** Writes everything into the work directory. */
  synchronized void write() {
    Map<String, Object> reports = new LinkedHashMap<>();
    series.forEach((name, answers) -> reports.put(name, answers.report()));
    Map<String, Object> report =
        Map.of(
            "warmUpSeconds",
            stage.warmUp().toSeconds(),
            "seconds",
            stage.duration().toSeconds(),
            "series",
            reports,
            "failures",
            failures,
            "malformedRefusals",
            malformedRefusals);
    try {
      Files.write(
          stage.work().resolve("outcomes.json"), new ObjectMapper().writeValueAsBytes(report));
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write the outcomes to " + stage.work(), failure);
    }
  }
}
