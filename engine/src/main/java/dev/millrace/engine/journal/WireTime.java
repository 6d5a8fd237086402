package dev.millrace.engine.journal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * How times and durations are written in JSON: instants in UTC with milliseconds, durations in
 * milliseconds with up to three decimals; pure, usable on any thread.
 */
public final class WireTime {
  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private WireTime() {}

  /** Epoch microseconds as {@code 2026-11-23T09:00:00.123Z}. */
  public static String instant(long epochMicros) {
    return MILLISECONDS.format(Instant.ofEpochMilli(Math.floorDiv(epochMicros, 1_000L)));
  }

  /** Nanoseconds as milliseconds, rounded to microseconds. */
  public static double millis(long nanos) {
    return Math.round(nanos / 1_000.0) / 1_000.0;
  }
}
