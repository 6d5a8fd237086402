package dev.millrace.engine.json;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One form for all texts of the same value: members sorted by name, numbers without needless zeros
 * ({@code 1.0} and {@code 1} are the same); stateless, usable on any thread.
 */
public final class CanonicalJson {
  private CanonicalJson() {}

  /** The canonical form as UTF-8. */
  public static byte[] toBytes(JsonNode value) {
    return Json.toBytes(of(value));
  }

  /** The value with sorted members and normalised numbers; equal values give equal trees. */
  public static JsonNode of(JsonNode value) {
    if (value.isObject()) {
      Map<String, JsonNode> sorted = new TreeMap<>();
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        sorted.put(member.getKey(), of(member.getValue()));
      }
      return new ObjectNode(JsonNodeFactory.instance).setAll(sorted);
    }
    if (value.isArray()) {
      ArrayNode elements = new ArrayNode(JsonNodeFactory.instance, value.size());
      for (JsonNode element : value) {
        elements.add(of(element));
      }
      return elements;
    }
    if (value.isNumber() && !value.isIntegralNumber()) {
      BigDecimal stripped = value.decimalValue().stripTrailingZeros();
      return JsonNumbers.withinLimits(stripped) ? JsonNumbers.decimal(stripped) : value;
    }
    return value;
  }
}
