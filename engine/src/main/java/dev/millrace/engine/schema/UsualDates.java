package dev.millrace.engine.schema;

/**
 * Tells the usual dates and times by their digits, without parsing them; stateless, used on any
 * thread.
 *
 * <p>What it knows is valid. What it does not know may be valid as well: the last days of months,
 * leap seconds, offsets.
 */
final class UsualDates {
  private static final int DATE_LENGTH = 10;
  private static final int SECONDS_LENGTH = 19;

  /** A day that every month has. */
  private static final int LAST_COMMON_DAY = 28;

  private UsualDates() {}

  /** Such as 2026-01-28. */
  static boolean isDate(String text) {
    return text.length() == DATE_LENGTH && startsWithDate(text);
  }

  /** Such as 2026-01-28T09:30:00Z or 2026-01-28T09:30:00.123Z. */
  static boolean isDateTime(String text) {
    int last = text.length() - 1;
    return last >= SECONDS_LENGTH
        && text.charAt(last) == 'Z'
        && startsWithDate(text)
        && text.charAt(DATE_LENGTH) == 'T'
        && within(text, 11, 0, 23)
        && text.charAt(13) == ':'
        && within(text, 14, 0, 59)
        && text.charAt(16) == ':'
        && within(text, 17, 0, 59)
        && isFraction(text, SECONDS_LENGTH, last);
  }

  private static boolean startsWithDate(String text) {
    return within(text, 0, 0, 99)
        && within(text, 2, 0, 99)
        && text.charAt(4) == '-'
        && within(text, 5, 1, 12)
        && text.charAt(7) == '-'
        && within(text, 8, 1, LAST_COMMON_DAY);
  }

  /** Nothing at all, or a point and one to nine digits. */
  private static boolean isFraction(String text, int from, int to) {
    if (from == to) {
      return true;
    }
    if (text.charAt(from) != '.' || to - from < 2 || to - from > DATE_LENGTH) {
      return false;
    }
    for (int i = from + 1; i < to; i++) {
      if (digit(text, i) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean within(String text, int at, int least, int most) {
    int tens = digit(text, at);
    int ones = digit(text, at + 1);
    int number = 10 * tens + ones;
    return tens >= 0 && ones >= 0 && number >= least && number <= most;
  }

  private static int digit(String text, int at) {
    int digit = text.charAt(at) - '0';
    return digit >= 0 && digit <= 9 ? digit : -1;
  }
}
