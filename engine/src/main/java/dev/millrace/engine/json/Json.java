package dev.millrace.engine.json;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/**
 * Strict, bounded reading and exact writing of JSON; stateless, usable on any thread.
 *
 * <p>Reading takes RFC 8259 and nothing more: UTF-8 without a byte order mark, one value, no
 * duplicate keys, no comments. Integers and decimals of any size within the limits keep their exact
 * value, a decimal also its trailing zeros ({@code 1.0} stays {@code 1.0}). A number whose exponent
 * leaves no fractional digit is an integer ({@code 1e2} is {@code 100}).
 *
 * <p>Writing is the inverse: numbers are written plainly, without an exponent.
 */
public final class Json {
  /** How deep objects and arrays may nest. */
  public static final int MAX_DEPTH = 64;

  /** How long a number may be, in characters. */
  public static final int MAX_NUMBER_LENGTH = 1_000;

  /**
   * The largest exponent in a number, in both directions. A larger one is short to write but makes
   * exact arithmetic explode; 400 holds every double.
   */
  public static final int MAX_EXPONENT = 400;

  /** How long the name of a member may be, in UTF-16 units. */
  public static final int MAX_NAME_LENGTH = 4_096;

  /** How long a string may be, in UTF-16 units. */
  public static final int MAX_STRING_LENGTH = 16 * 1024 * 1024;

  private Json() {}

  /** Reads one value from UTF-8 bytes. */
  public static JsonNode read(byte[] utf8) throws InvalidJsonException {
    return JsonReader.read(utf8, 0, utf8.length);
  }

  /** Reads one value from UTF-8 bytes, without a copy where the buffer lies on the heap. */
  public static JsonNode read(Buffer utf8) throws InvalidJsonException {
    if (utf8 instanceof BufferInternal internal) {
      ByteBuf bytes = internal.getByteBuf();
      if (bytes.hasArray()) {
        int from = bytes.arrayOffset() + bytes.readerIndex();
        return JsonReader.read(bytes.array(), from, bytes.readableBytes());
      }
    }
    return read(utf8.getBytes());
  }

  /** Reads one value from a text. */
  public static JsonNode read(String text) throws InvalidJsonException {
    int lone = Unicode.loneSurrogate(text);
    if (lone >= 0) {
      byte[] before = text.substring(0, lone).getBytes(StandardCharsets.UTF_8);
      throw JsonReader.invalid("The text holds half of a character", before, 0, before.length);
    }
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a value as UTF-8. */
  public static byte[] toBytes(JsonNode value) {
    return write(value).toBytes();
  }

  /** Writes a value as UTF-8 into a buffer that the caller may read but not append to. */
  public static Buffer toBuffer(JsonNode value) {
    return write(value).toBuffer();
  }

  /**
   * The same as {@link #toBuffer(JsonNode)}, but null when the text would take more than so many
   * bytes: a template can repeat a large value, so that a small tree becomes a huge text.
   */
  public static Buffer toBuffer(JsonNode value, int maxBytes) {
    JsonWriter writer = new JsonWriter(maxBytes);
    return writer.write(value) ? writer.toBuffer() : null;
  }

  /** Writes a value as text. */
  public static String toText(JsonNode value) {
    return write(value).toText();
  }

  private static JsonWriter write(JsonNode value) {
    JsonWriter writer = new JsonWriter(Integer.MAX_VALUE);
    if (!writer.write(value)) {
      throw new IllegalStateException("The value is too large for one text");
    }
    return writer;
  }
}
