package dev.millrace.perf.gatling;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What {@code perf/load} wants of this run, given as system properties. Immutable; a missing or
 * malformed one fails the run by its name.
 *
 * @param url of the server, without a path
 * @param work where the bodies of requests lie, and where the outcomes go
 * @param warmUp at the beginning, whose outcomes do not count
 * @param duration of what counts
 */
record Stage(String url, Path work, Duration warmUp, Duration duration) {

  static Stage ofProperties() {
    return new Stage(
        text("load.url"),
        Path.of(text("load.work")),
        Duration.ofSeconds(number("load.warm-up")),
        Duration.ofSeconds(number("load.seconds")));
  }

  Duration whole() {
    return warmUp.plus(duration);
  }

  static String text(String name) {
    String value = System.getProperty(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          "the system property " + name + " is missing; start simulations with perf/load");
    }
    return value;
  }

  static int number(String name) {
    String value = text(name);
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException malformed) {
      throw new IllegalArgumentException(
          "the system property " + name + " must be a whole number, not " + value, malformed);
    }
  }
}
