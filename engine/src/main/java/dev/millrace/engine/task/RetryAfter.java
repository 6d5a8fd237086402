package dev.millrace.engine.task;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** Reads the {@code Retry-After} header (RFC 9110, 10.2.3); pure. */
final class RetryAfter {
  /** There is no such header, or none that can be understood. */
  static final long NONE = -1;

  /** An absurd wish, such as a year; whatever is longer is taken as this. */
  private static final long LONGEST_SECONDS = 366L * 24 * 60 * 60;

  private static final int MOST_DIGITS = 18;

  private RetryAfter() {}

  /** Milliseconds to wait from now on, 0 for a moment in the past, or {@link #NONE}. */
  static long millis(String header, long epochMillis) {
    if (header == null) {
      return NONE;
    }
    String text = header.strip();
    if (text.isEmpty() || text.length() > 64) {
      return NONE;
    }
    return Character.isDigit(text.charAt(0)) ? seconds(text) : date(text, epochMillis);
  }

  private static long seconds(String text) {
    if (text.length() > MOST_DIGITS) {
      return NONE;
    }
    for (int i = 0; i < text.length(); i++) {
      char digit = text.charAt(i);
      if (digit < '0' || digit > '9') {
        return NONE;
      }
    }
    return Math.min(Long.parseLong(text), LONGEST_SECONDS) * 1000;
  }

  private static long date(String text, long epochMillis) {
    try {
      Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      long wait = at.toEpochMilli() - epochMillis;
      return Math.min(Math.max(wait, 0), LONGEST_SECONDS * 1000);
    } catch (DateTimeParseException notADate) {
      return NONE;
    }
  }
}
