package dev.millrace.engine.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Writes one JSON value as UTF-8 into an array that grows; made for each value by {@link Json},
 * used on the caller's thread.
 *
 * <p>Written by hand because answers and requests are on the hot path: no generator, no
 * intermediate strings but for large numbers.
 */
final class JsonWriter {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  /** How many characters of a string are written between two looks at the room left. */
  private static final int CHUNK = 1_024;

  /** The most bytes that one UTF-16 unit can take: an escape. */
  private static final int UNIT = 6;

  private final int limit;
  private byte[] bytes = new byte[256];
  private int length;

  JsonWriter(int limit) {
    this.limit = limit;
  }

  /** Writes the value; false when it passes the limit, and then the rest is left out. */
  boolean write(JsonNode value) {
    return value(value) && length <= limit;
  }

  byte[] array() {
    return bytes;
  }

  int length() {
    return length;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  String toText() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private boolean value(JsonNode value) {
    if (length > limit) {
      return false;
    }
    return switch (value.getNodeType()) {
      case OBJECT -> object(value);
      case ARRAY -> array(value);
      case STRING -> string(value.stringValue());
      case NUMBER -> number(value);
      case BOOLEAN -> raw(value.booleanValue() ? TRUE : FALSE);
      case NULL -> raw(NULL);
      case BINARY, MISSING, POJO ->
          throw new IllegalArgumentException("Not a JSON value: " + value.getNodeType());
    };
  }

  private boolean object(JsonNode object) {
    raw('{');
    boolean first = true;
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (!first) {
        raw(',');
      }
      first = false;
      if (!string(member.getKey())) {
        return false;
      }
      raw(':');
      if (!value(member.getValue())) {
        return false;
      }
    }
    raw('}');
    return true;
  }

  private boolean array(JsonNode array) {
    raw('[');
    for (int i = 0; i < array.size(); i++) {
      if (i > 0) {
        raw(',');
      }
      if (!value(array.get(i))) {
        return false;
      }
    }
    raw(']');
    return true;
  }

  private boolean number(JsonNode number) {
    if (number.isInt() || number.isLong() || number.isShort()) {
      integer(number.longValue());
    } else if (number.isBigInteger()) {
      ascii(number.bigIntegerValue().toString());
    } else if (number.isBigDecimal()) {
      ascii(plain(number.decimalValue()));
    } else {
      double value = number.doubleValue();
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("JSON has no " + value);
      }
      // Through its text, as 0.1f is 0.1 to a reader and not 0.10000000149011612.
      ascii(plain(new BigDecimal(number.numberValue().toString())));
    }
    return true;
  }

  /** A decimal without an exponent, unless one that never came from a text would need too much. */
  private static String plain(BigDecimal value) {
    return JsonNumbers.withinLimits(value) ? value.toPlainString() : value.toString();
  }

  private void integer(long value) {
    if (value == Long.MIN_VALUE) {
      ascii(Long.toString(value));
      return;
    }
    room(20);
    long rest = value;
    if (rest < 0) {
      bytes[length++] = '-';
      rest = -rest;
    }
    int digits = 1;
    for (long bound = rest; bound >= 10; bound /= 10) {
      digits++;
    }
    for (int at = length + digits - 1; at >= length; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  private boolean string(String text) {
    raw('"');
    int at = 0;
    while (at < text.length()) {
      int end = Math.min(text.length(), at + CHUNK);
      room((end - at + 1) * UNIT);
      at = units(text, at, end);
      if (length > limit) {
        return false;
      }
    }
    raw('"');
    return true;
  }

  /** Writes the units up to {@code end}, or one more where the last one is half of a pair. */
  private int units(String text, int from, int end) {
    int at = from;
    while (at < end) {
      char c = text.charAt(at++);
      if (c < 0x80) {
        if (c >= 0x20 && c != '"' && c != '\\') {
          bytes[length++] = (byte) c;
        } else {
          escape(c);
        }
      } else if (c < 0x800) {
        bytes[length++] = (byte) (0xC0 | (c >> 6));
        bytes[length++] = (byte) (0x80 | (c & 0x3F));
      } else if (!Character.isSurrogate(c)) {
        bytes[length++] = (byte) (0xE0 | (c >> 12));
        bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3F));
        bytes[length++] = (byte) (0x80 | (c & 0x3F));
      } else if (at < text.length() && Character.isSurrogatePair(c, text.charAt(at))) {
        int point = Character.toCodePoint(c, text.charAt(at++));
        bytes[length++] = (byte) (0xF0 | (point >> 18));
        bytes[length++] = (byte) (0x80 | ((point >> 12) & 0x3F));
        bytes[length++] = (byte) (0x80 | ((point >> 6) & 0x3F));
        bytes[length++] = (byte) (0x80 | (point & 0x3F));
      } else {
        escape(c);
      }
    }
    return at;
  }

  private void escape(char c) {
    bytes[length++] = '\\';
    switch (c) {
      case '"', '\\' -> bytes[length++] = (byte) c;
      case '\n' -> bytes[length++] = 'n';
      case '\r' -> bytes[length++] = 'r';
      case '\t' -> bytes[length++] = 't';
      default -> {
        bytes[length++] = 'u';
        bytes[length++] = HEX[(c >> 12) & 0xF];
        bytes[length++] = HEX[(c >> 8) & 0xF];
        bytes[length++] = HEX[(c >> 4) & 0xF];
        bytes[length++] = HEX[c & 0xF];
      }
    }
  }

  private void ascii(String text) {
    room(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
  }

  private void raw(char c) {
    room(1);
    bytes[length++] = (byte) c;
  }

  private boolean raw(byte[] text) {
    room(text.length);
    System.arraycopy(text, 0, bytes, length, text.length);
    length += text.length;
    return true;
  }

  private void room(int count) {
    if (bytes.length - length < count) {
      long wanted = Math.max(bytes.length * 2L, (long) length + count);
      bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Integer.MAX_VALUE - 8));
    }
  }
}
