package dev.millrace.engine.json;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * JSON Pointers (RFC 6901) as text; stateless, usable on any thread.
 *
 * <p>Written by hand because a {@code $ref} is also percent-encoded, and because a pointer must
 * never be resolved through a number that is a member's name.
 */
public final class JsonPointers {
  private JsonPointers() {}

  /** The pointer of a member. */
  public static String child(String pointer, String name) {
    return pointer + "/" + escape(name);
  }

  /** The pointer of an element, counted from zero. */
  public static String child(String pointer, int index) {
    return pointer + "/" + index;
  }

  /** A name as one part of a pointer. */
  public static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  /** The name behind one part of a pointer. */
  public static String unescape(String part) {
    return part.replace("~1", "/").replace("~0", "~");
  }

  /** The pointer that a local {@code $ref} such as {@code #/$defs/a} names, if it is one. */
  public static Optional<String> ofLocalReference(String reference) {
    if (!reference.startsWith("#")) {
      return Optional.empty();
    }
    String fragment = percentDecoded(reference.substring(1));
    return fragment.isEmpty() || fragment.startsWith("/")
        ? Optional.of(fragment)
        : Optional.empty();
  }

  /** The node at {@code pointer} below {@code root}, or null. */
  public static JsonNode find(JsonNode root, String pointer) {
    JsonNode node = root;
    int at = 0;
    while (node != null && at < pointer.length()) {
      int end = pointer.indexOf('/', at + 1);
      String raw = pointer.substring(at + 1, end < 0 ? pointer.length() : end);
      String token = unescape(raw);
      node = node.isArray() ? element(node, token) : node.get(token);
      at = end < 0 ? pointer.length() : end;
    }
    return node;
  }

  private static JsonNode element(JsonNode array, String token) {
    if (token.isEmpty() || token.length() > 6) {
      return null;
    }
    for (int i = 0; i < token.length(); i++) {
      if (token.charAt(i) < '0' || token.charAt(i) > '9') {
        return null;
      }
    }
    return array.get(Integer.parseInt(token));
  }

  private static String percentDecoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] decoded = new byte[bytes.length];
    int length = 0;
    for (int i = 0; i < bytes.length; i++) {
      int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
      if (bytes[i] == '%' && high >= 0 && low >= 0) {
        decoded[length++] = (byte) (high * 16 + low);
        i += 2;
      } else {
        decoded[length++] = bytes[i];
      }
    }
    return new String(decoded, 0, length, StandardCharsets.UTF_8);
  }
}
