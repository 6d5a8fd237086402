package dev.millrace.perf.direct;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * A field of a request or of an upstream's answer that is missing or of the wrong type. Thrown and
 * caught on the event loop that reads the document.
 */
final class InvalidField extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private InvalidField(String name, String expected) {
    super("field \"" + name + "\" must be " + expected, null, false, false);
  }

  static String string(JsonObject document, String name) {
    if (document.getValue(name) instanceof String text) {
      return text;
    }
    throw new InvalidField(name, "a string");
  }

  static Number integer(JsonObject document, String name) {
    Object value = document.getValue(name);
    if (value instanceof Integer || value instanceof Long) {
      return (Number) value;
    }
    throw new InvalidField(name, "an integer");
  }

  static JsonObject object(JsonObject document, String name) {
    if (document.getValue(name) instanceof JsonObject object) {
      return object;
    }
    throw new InvalidField(name, "an object");
  }

  static JsonArray array(JsonObject document, String name) {
    if (document.getValue(name) instanceof JsonArray array) {
      return array;
    }
    throw new InvalidField(name, "an array");
  }
}
