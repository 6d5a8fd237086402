package dev.millrace.engine.task;

import dev.millrace.engine.problem.FailureException;

/** One path segment with values in it; compiled once, immutable, used on any event loop. */
final class PathSegment {
  private final RequestText text;

  /** For each place of the text: a literal encoded, and with its dots decoded. */
  private final String[] encoded;

  private final String[] plain;

  PathSegment(RequestText text) {
    this.text = text;
    this.encoded = new String[text.size()];
    this.plain = new String[text.size()];
    for (int i = 0; i < encoded.length; i++) {
      if (text.literal(i) != null) {
        encoded[i] = PercentEncoding.literal(text.literal(i));
        plain[i] = PercentEncoding.withPlainDots(text.literal(i));
      }
    }
  }

  /**
   * Appends the segment.
   *
   * @throws FailureException where the values cannot be encoded, or would make the segment empty or
   *     one that servers resolve away
   */
  void append(StringBuilder out, InputScope scope) {
    int length = 0;
    boolean onlyDots = true;
    int lastHole = 0;
    for (int i = 0; i < encoded.length; i++) {
      String part;
      if (encoded[i] != null) {
        part = plain[i];
        out.append(encoded[i]);
      } else {
        lastHole = i;
        part = text.value(i, scope);
        if (!PercentEncoding.appendValue(out, part)) {
          throw RequestText.refused(
              text.hole(i), "holds half of a character (a lone surrogate); send whole characters");
        }
      }
      length += part.length();
      onlyDots &= isDots(part);
    }
    if (length <= 2 && onlyDots) {
      throw RequestText.refused(
          text.hole(lastHole),
          length == 0
              ? "would leave its path segment empty; give it at least one character"
              : "would make its path segment '.' or '..', which servers resolve to another path");
    }
  }

  void appendReadable(StringBuilder out, InputScope scope) {
    for (int i = 0; i < encoded.length; i++) {
      if (encoded[i] != null) {
        out.append(encoded[i]);
      } else {
        PercentEncoding.appendReadable(out, text.readable(i, scope));
      }
    }
  }

  private static boolean isDots(String part) {
    for (int i = 0; i < part.length(); i++) {
      if (part.charAt(i) != '.') {
        return false;
      }
    }
    return true;
  }
}
