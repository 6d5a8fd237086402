package dev.millrace.engine.task;

import java.util.HexFormat;

/**
 * Percent-encoding of values and literals in a URL (RFC 3986); pure.
 *
 * <p>Of a value everything but the unreserved characters is encoded, so that no value can end its
 * path segment or its query parameter. A literal was written by the author of the definition, and
 * keeps what may stand in a URL, existing escapes included.
 */
final class PercentEncoding {
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();
  private static final String LITERAL_MARKS = "-._~!$&'()*+,;=:@/?";

  private PercentEncoding() {}

  /**
   * Appends an encoded value.
   *
   * @return false when the text holds half of a character (a lone surrogate), which has no encoding
   */
  static boolean appendValue(StringBuilder out, String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (isUnreserved(c)) {
        out.append(c);
      } else if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == length
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
        appendCodePoint(out, Character.toCodePoint(c, text.charAt(i)));
      } else {
        appendCodePoint(out, c);
      }
    }
    return true;
  }

  /** Encodes a literal: what may not stand in a URL, but neither delimiters nor escapes. */
  static String literal(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isEscape(text, i) || isAlphanumeric(c) || LITERAL_MARKS.indexOf(c) >= 0) {
        out.append(c);
      } else {
        int codePoint = text.codePointAt(i);
        i += Character.charCount(codePoint) - 1;
        appendCodePoint(
            out,
            Character.isBmpCodePoint(codePoint) && Character.isSurrogate((char) codePoint)
                ? 0xFFFD
                : codePoint);
      }
    }
    return out.toString();
  }

  /** A literal as it is once encoded dots are decoded: all that matters for dot segments. */
  static String withPlainDots(String literal) {
    return literal.replace("%2e", ".").replace("%2E", ".");
  }

  /**
   * Appends a value for people: its templates stay readable, lone surrogates become replacement
   * characters.
   */
  static void appendReadable(StringBuilder out, String text) {
    int at = 0;
    while (at < text.length()) {
      int open = text.indexOf("{{", at);
      int close = open < 0 ? -1 : text.indexOf("}}", open);
      if (close < 0) {
        appendLenient(out, text.substring(at));
        return;
      }
      appendLenient(out, text.substring(at, open));
      out.append(text, open, close + 2);
      at = close + 2;
    }
  }

  private static void appendLenient(StringBuilder out, String text) {
    int start = out.length();
    if (!appendValue(out, text)) {
      out.setLength(start);
      appendValue(out, text.replaceAll("\\p{Cs}", "\uFFFD"));
    }
  }

  private static void appendCodePoint(StringBuilder out, int codePoint) {
    if (codePoint < 0x80) {
      appendByte(out, codePoint);
    } else if (codePoint < 0x800) {
      appendByte(out, 0xC0 | (codePoint >> 6));
      appendByte(out, 0x80 | (codePoint & 0x3F));
    } else if (codePoint < 0x10000) {
      appendByte(out, 0xE0 | (codePoint >> 12));
      appendByte(out, 0x80 | ((codePoint >> 6) & 0x3F));
      appendByte(out, 0x80 | (codePoint & 0x3F));
    } else {
      appendByte(out, 0xF0 | (codePoint >> 18));
      appendByte(out, 0x80 | ((codePoint >> 12) & 0x3F));
      appendByte(out, 0x80 | ((codePoint >> 6) & 0x3F));
      appendByte(out, 0x80 | (codePoint & 0x3F));
    }
  }

  private static void appendByte(StringBuilder out, int value) {
    out.append('%').append(HEX[value >> 4]).append(HEX[value & 0xF]);
  }

  private static boolean isUnreserved(char c) {
    return isAlphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '~';
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static boolean isEscape(String text, int at) {
    return text.charAt(at) == '%'
        && at + 2 < text.length()
        && HexFormat.isHexDigit(text.charAt(at + 1))
        && HexFormat.isHexDigit(text.charAt(at + 2));
  }
}
