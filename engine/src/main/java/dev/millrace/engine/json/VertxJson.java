package dev.millrace.engine.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Converts between the engine's JSON and that of Vert.x, at the border of the event bus; stateless,
 * usable on any thread.
 */
public final class VertxJson {
  private VertxJson() {}

  /**
   * A value as Vert.x has it: JsonObject, JsonArray, String, Boolean, null, Integer, Long,
   * BigInteger or BigDecimal, so that numbers stay exact.
   */
  public static Object toVertx(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> {
        JsonObject object = new JsonObject();
        for (Map.Entry<String, JsonNode> member : value.properties()) {
          object.put(member.getKey(), toVertx(member.getValue()));
        }
        yield object;
      }
      case ARRAY -> {
        JsonArray array = new JsonArray();
        for (JsonNode element : value) {
          array.add(toVertx(element));
        }
        yield array;
      }
      case STRING -> value.stringValue();
      case NUMBER -> value.numberValue();
      case BOOLEAN -> value.booleanValue();
      case NULL -> null;
      case BINARY, MISSING, POJO ->
          throw new IllegalArgumentException("Not a JSON value: " + value.getNodeType());
    };
  }

  /** A value of Vert.x, held to the same limits as a text. */
  public static JsonNode fromVertx(Object value) throws InvalidJsonException {
    return from(value, 0);
  }

  private static JsonNode from(Object value, int depth) throws InvalidJsonException {
    if (value == null) {
      return NullNode.instance;
    }
    if (value instanceof JsonObject object) {
      return object(object.getMap(), depth + 1);
    }
    if (value instanceof JsonArray array) {
      return array(array.getList(), depth + 1);
    }
    if (value instanceof Map<?, ?> map) {
      return object(map, depth + 1);
    }
    if (value instanceof List<?> list) {
      return array(list, depth + 1);
    }
    if (value instanceof CharSequence || value instanceof Enum<?>) {
      return StringNode.valueOf(text(value.toString()));
    }
    if (value instanceof Boolean bool) {
      return BooleanNode.valueOf(bool);
    }
    if (value instanceof Number number) {
      return number(number);
    }
    throw invalid("A value is of a type that JSON does not have");
  }

  private static JsonNode object(Map<?, ?> members, int depth) throws InvalidJsonException {
    checkDepth(depth);
    ObjectNode object = new ObjectNode(JsonNodeFactory.instance);
    for (Map.Entry<?, ?> member : members.entrySet()) {
      if (!(member.getKey() instanceof String name)) {
        throw invalid("The name of a member is not a string");
      }
      object.set(text(name), from(member.getValue(), depth));
    }
    return object;
  }

  private static JsonNode array(List<?> elements, int depth) throws InvalidJsonException {
    checkDepth(depth);
    ArrayNode array = new ArrayNode(JsonNodeFactory.instance, elements.size());
    for (Object element : elements) {
      array.add(from(element, depth));
    }
    return array;
  }

  private static JsonNode number(Number value) throws InvalidJsonException {
    if (value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte) {
      return JsonNumbers.integer(value.longValue());
    }
    if (value instanceof BigInteger integer) {
      // Four bits are more than a decimal digit, so this is cheap and never refuses too much.
      if (integer.bitLength() > 4 * Json.MAX_NUMBER_LENGTH) {
        throw invalid("A number is longer than " + Json.MAX_NUMBER_LENGTH + " characters");
      }
      return JsonNumbers.integer(integer);
    }
    BigDecimal decimal;
    if (value instanceof BigDecimal exact) {
      decimal = exact;
    } else if ((value instanceof Double || value instanceof Float)
        && Double.isFinite(value.doubleValue())) {
      decimal = new BigDecimal(value.toString());
    } else {
      throw invalid("A number is not one that JSON has");
    }
    if (!JsonNumbers.withinLimits(decimal)) {
      throw invalid("A number has too many digits or too large an exponent");
    }
    return JsonNumbers.decimal(decimal);
  }

  private static String text(String text) throws InvalidJsonException {
    if (Unicode.loneSurrogate(text) >= 0) {
      throw invalid("A string holds half of a character");
    }
    return text;
  }

  private static void checkDepth(int depth) throws InvalidJsonException {
    if (depth > Json.MAX_DEPTH) {
      throw invalid("Objects and arrays nest deeper than " + Json.MAX_DEPTH + " levels");
    }
  }

  private static InvalidJsonException invalid(String message) {
    return new InvalidJsonException(message, 0, 0);
  }
}
