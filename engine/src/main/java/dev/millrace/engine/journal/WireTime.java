package dev.millrace.engine.journal;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * How times and durations are written in JSON: instants in UTC with milliseconds, durations in
 * milliseconds with up to three decimals; pure, usable on any thread.
 */
public final class WireTime {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** The second that was written last: the next time to write is most often in the same one. */
  private static volatile Second last = Second.of(0);

  private WireTime() {}

  private record Second(long epochSecond, String text) {
    static Second of(long epochSecond) {
      return new Second(epochSecond, SECONDS.format(Instant.ofEpochSecond(epochSecond)));
    }
  }

  /** Epoch microseconds as {@code 2026-11-23T09:00:00.123Z}. */
  public static String instant(long epochMicros) {
    long epochSecond = Math.floorDiv(epochMicros, 1_000_000L);
    Second second = last;
    if (second.epochSecond != epochSecond) {
      second = Second.of(epochSecond);
      last = second;
    }
    int millis = (int) (Math.floorMod(epochMicros, 1_000_000L) / 1_000L);
    return second.text
        + (char) ('0' + millis / 100)
        + (char) ('0' + millis / 10 % 10)
        + (char) ('0' + millis % 10)
        + 'Z';
  }

  /** Nanoseconds as milliseconds, rounded to microseconds, with one decimal at least. */
  public static BigDecimal millis(long nanos) {
    long micros = Math.floorDiv(nanos + 500, 1_000L);
    int decimals = 3;
    while (decimals > 1 && micros % 10 == 0) {
      micros /= 10;
      decimals--;
    }
    return BigDecimal.valueOf(micros, decimals);
  }
}
