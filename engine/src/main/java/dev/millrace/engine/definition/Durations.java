package dev.millrace.engine.definition;

import java.time.Duration;

/**
 * Durations as definitions and settings write them: an integer and one of {@code ms s m h};
 * stateless, usable on any thread.
 */
public final class Durations {
  /** The shortest duration. */
  public static final Duration MIN = Duration.ofMillis(1);

  /** The longest duration. */
  public static final Duration MAX = Duration.ofHours(24);

  /** What a wrong duration is told. */
  public static final String GRAMMAR =
      "Write an integer and a unit, such as 500ms, 30s, 5m or 2h; at least 1ms, at most 24h.";

  /** More digits than this are beyond any limit, and could overflow. */
  private static final int MAX_DIGITS = 9;

  private Durations() {}

  /** The duration of a text; null where it is not one or is out of bounds. */
  public static Duration parse(String text) {
    int digits = 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    if (digits == 0 || digits > MAX_DIGITS) {
      return null;
    }
    long amount = Long.parseLong(text, 0, digits, 10);
    Duration duration = of(amount, text.substring(digits));
    boolean inBounds =
        duration != null && duration.compareTo(MIN) >= 0 && duration.compareTo(MAX) <= 0;
    return inBounds ? duration : null;
  }

  /** The shortest text of a duration in whole milliseconds that {@link #parse} reads. */
  public static String format(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1_000 != 0) {
      return millis + "ms";
    }
    if (millis % 60_000 != 0) {
      return millis / 1_000 + "s";
    }
    return millis % 3_600_000 == 0 ? millis / 3_600_000 + "h" : millis / 60_000 + "m";
  }

  private static Duration of(long amount, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> null;
    };
  }
}
