package dev.millrace.engine.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Checks of text at the border, before any parser sees it; stateless, usable on any thread. */
public final class Unicode {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long BACKSLASHES = 0x5C5C5C5C5C5C5C5CL;

  private Unicode() {}

  /**
   * Whether the text is ASCII without NUL and backslashes, as most is: then it is well-formed, and
   * holds no escapes.
   */
  static boolean isPlain(byte[] bytes, int from, int to) {
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      long eight = (long) EIGHT_BYTES.get(bytes, at);
      if (((eight | zeros(eight) | zeros(eight ^ BACKSLASHES)) & HIGH_BITS) != 0) {
        return false;
      }
    }
    for (; at < to; at++) {
      if (bytes[at] <= 0 || bytes[at] == '\\') {
        return false;
      }
    }
    return true;
  }

  /** A high bit is set where, and only where, any of eight bytes is zero. */
  private static long zeros(long eight) {
    return (eight - ONES) & ~eight;
  }

  /** Index of the first surrogate without its other half; -1 where there is none. */
  public static int loneSurrogate(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }

  /**
   * Index of the first byte that is not part of well-formed UTF-8 (RFC 3629: no overlong forms, no
   * surrogates, nothing above U+10FFFF) or is NUL; {@code to} where all is well.
   *
   * <p>NUL stands in no JSON text, and without it no parser can take the text for UTF-16 or UTF-32.
   */
  static int malformed(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      int first = bytes[at];
      if (first > 0) {
        at++;
        continue;
      }
      int length = sequenceLength(bytes, at, to);
      if (length == 0) {
        return at;
      }
      at += length;
    }
    return to;
  }

  private static int sequenceLength(byte[] bytes, int at, int to) {
    int first = bytes[at] & 0xFF;
    if (first >= 0xC2 && first <= 0xDF) {
      return continues(bytes, at + 1, to, 1) ? 2 : 0;
    }
    if (first >= 0xE0 && first <= 0xEF && continues(bytes, at + 1, to, 2)) {
      int second = bytes[at + 1] & 0xFF;
      boolean overlong = first == 0xE0 && second < 0xA0;
      boolean surrogate = first == 0xED && second > 0x9F;
      return overlong || surrogate ? 0 : 3;
    }
    if (first >= 0xF0 && first <= 0xF4 && continues(bytes, at + 1, to, 3)) {
      int second = bytes[at + 1] & 0xFF;
      boolean overlong = first == 0xF0 && second < 0x90;
      boolean beyond = first == 0xF4 && second > 0x8F;
      return overlong || beyond ? 0 : 4;
    }
    return 0;
  }

  private static boolean continues(byte[] bytes, int at, int to, int count) {
    if (at + count > to) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return false;
      }
    }
    return true;
  }
}
