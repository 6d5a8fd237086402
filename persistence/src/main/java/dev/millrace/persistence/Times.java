package dev.millrace.persistence;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/** Times as columns hold them; stateless. */
final class Times {
  /** The first 48 bits of a UUIDv7 are milliseconds; no later time fits. */
  private static final long LAST_MILLIS = (1L << 48) - 1;

  /** The end of the year 9999. */
  private static final long LAST_MICROS = 253_402_300_799_999_999L;

  private Times() {}

  /** Null for 0, which means that there was no such moment. */
  static OffsetDateTime column(long epochMicros) {
    return epochMicros == 0 ? null : moment(epochMicros);
  }

  static OffsetDateTime moment(long epochMicros) {
    return Instant.ofEpochSecond(
            Math.floorDiv(epochMicros, 1_000_000L), Math.floorMod(epochMicros, 1_000_000L) * 1_000L)
        .atOffset(ZoneOffset.UTC);
  }

  /** Epoch microseconds; 0 for no moment. */
  static long micros(OffsetDateTime column) {
    return column == null ? 0 : column.toEpochSecond() * 1_000_000L + column.getNano() / 1_000L;
  }

  /**
   * A time that callers gave: any number, so that it is cut to what a column can be compared with.
   */
  static long bounded(long epochMicros) {
    return Math.min(Math.max(epochMicros, 0), LAST_MICROS);
  }

  /** The smallest UUIDv7 of a time. */
  static UUID firstId(long epochMicros) {
    long millis = Math.min(Math.max(Math.floorDiv(epochMicros, 1_000L), 0), LAST_MILLIS);
    return new UUID(millis << 16, 0);
  }
}
