package dev.millrace.engine.json;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
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

  private static final int USUAL_LENGTH = 256;

  private final int limit;
  private byte[] bytes;
  private int length;

  /** Takes the most bytes there may be. */
  JsonWriter(int limit) {
    this(limit, USUAL_LENGTH);
  }

  /** Takes also the room to begin with, in bytes. */
  JsonWriter(int limit, int room) {
    this.limit = limit;
    this.bytes = new byte[room];
  }

  /** Writes the value; false when it passes the limit, and then the rest is left out. */
  boolean write(JsonNode value) {
    return value(value) && length <= limit;
  }

  /** What was written; the caller may read it but not append to it. */
  Buffer toBuffer() {
    return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes, 0, length));
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  String toText() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  boolean value(JsonNode value) {
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
      decimal(number.decimalValue());
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

  void decimal(BigDecimal value) {
    ascii(plain(value));
  }

  /** A decimal without an exponent, unless one that never came from a text would need too much. */
  private static String plain(BigDecimal value) {
    return JsonNumbers.withinLimits(value) ? value.toPlainString() : value.toString();
  }

  void integer(long value) {
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

  boolean string(String text) {
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
    int at = plainUnits(text, from, end);
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

  /** Writes the units before the first one that is more than one byte or needs an escape. */
  private int plainUnits(String text, int from, int end) {
    // in variables, as a field would be written for each unit
    byte[] to = bytes;
    int next = length;
    int at = from;
    for (; at < end; at++) {
      char c = text.charAt(at);
      if (c < 0x20 || c >= 0x80 || c == '"' || c == '\\') {
        break;
      }
      to[next++] = (byte) c;
    }
    length = next;
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

  void raw(char c) {
    room(1);
    bytes[length++] = (byte) c;
  }

  boolean raw(byte[] text) {
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
