package dev.millrace.engine.task;

import java.util.random.RandomGenerator;

/**
 * Continues a W3C {@code traceparent}: the same trace and flags, a new span for every attempt;
 * pure.
 *
 * <p>Where the caller sent none, or one that is not valid, none goes downstream: nobody would have
 * recorded the trace's root.
 */
final class TraceParent {
  private static final int LENGTH = 55;
  private static final int TRACE_START = 3;
  private static final int TRACE_END = 35;
  private static final int SPAN_START = 36;
  private static final int SPAN_END = 52;
  private static final int FLAGS_START = 53;
  private static final int LONGEST_STATE = 512;
  private static final String HEX = "0123456789abcdef";

  private TraceParent() {}

  /** Whether the header can be continued. */
  static boolean isValid(String header) {
    if (header == null || header.length() < LENGTH) {
      return false;
    }
    if (header.startsWith("ff") || !isHex(header, 0, 2)) {
      return false;
    }
    boolean known = header.startsWith("00");
    if (header.length() > LENGTH && (known || header.charAt(LENGTH) != '-')) {
      return false;
    }
    return header.charAt(2) == '-'
        && header.charAt(TRACE_END) == '-'
        && header.charAt(SPAN_END) == '-'
        && isHex(header, TRACE_START, TRACE_END)
        && isHex(header, SPAN_START, SPAN_END)
        && isHex(header, FLAGS_START, LENGTH)
        && !isZero(header, TRACE_START, TRACE_END)
        && !isZero(header, SPAN_START, SPAN_END);
  }

  /** The header of a new span in the trace of a valid header. */
  static String child(String header, RandomGenerator random) {
    char[] text = new char[LENGTH];
    header.getChars(0, LENGTH, text, 0);
    text[0] = '0';
    text[1] = '0';
    long span = random.nextLong();
    while (span == 0) {
      span = random.nextLong();
    }
    for (int i = SPAN_END - 1; i >= SPAN_START; i--) {
      text[i] = HEX.charAt((int) (span & 0xf));
      span >>>= 4;
    }
    return new String(text);
  }

  /** Whether a {@code tracestate} can be passed on: printable, and not longer than it may be. */
  static boolean isValidState(String state) {
    if (state == null || state.isEmpty() || state.length() > LONGEST_STATE) {
      return false;
    }
    for (int i = 0; i < state.length(); i++) {
      char c = state.charAt(i);
      if (c < ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }

  private static boolean isHex(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (HEX.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isZero(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (text.charAt(i) != '0') {
        return false;
      }
    }
    return true;
  }
}
