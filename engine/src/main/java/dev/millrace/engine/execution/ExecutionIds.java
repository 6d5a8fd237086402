package dev.millrace.engine.execution;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.SplittableRandom;

/**
 * Makes execution ids: UUIDv7, ascending for each maker. Owned by one orchestrator and used on its
 * event loop only.
 *
 * <p>The 12 bits behind the milliseconds count within a millisecond; the other 62 bits are random,
 * so that ids of different gateways do not meet.
 */
final class ExecutionIds {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int COUNTER_LIMIT = 1 << 12;

  private final SplittableRandom random;
  private long lastMillis;
  private int counter;

  ExecutionIds() {
    this(new SecureRandom().nextLong());
  }

  ExecutionIds(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** The next id; greater than all before, also when the clock steps back. */
  String next(long epochMillis) {
    if (epochMillis > lastMillis) {
      lastMillis = epochMillis;
      counter = 0;
    } else if (++counter == COUNTER_LIMIT) {
      lastMillis++;
      counter = 0;
    }
    long high = (lastMillis << 16) | 0x7000L | counter;
    long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return text(high, low);
  }

  private static String text(long high, long low) {
    byte[] text = new byte[36];
    write(text, 0, high >>> 32, 8);
    text[8] = '-';
    write(text, 9, high >>> 16, 4);
    text[13] = '-';
    write(text, 14, high, 4);
    text[18] = '-';
    write(text, 19, low >>> 48, 4);
    text[23] = '-';
    write(text, 24, low, 12);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static void write(byte[] text, int at, long bits, int digits) {
    long rest = bits;
    for (int index = at + digits - 1; index >= at; index--) {
      text[index] = HEX[(int) (rest & 0xF)];
      rest >>>= 4;
    }
  }
}
