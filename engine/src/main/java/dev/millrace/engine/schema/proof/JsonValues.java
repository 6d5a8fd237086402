package dev.millrace.engine.schema.proof;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** JSON values compared as JSON Schema compares them, where 1 equals 1.0; stateless. */
final class JsonValues {
  private JsonValues() {}

  static boolean equal(JsonNode left, JsonNode right) {
    JsonType type = JsonType.of(left);
    if (type != JsonType.of(right)) {
      return false;
    }
    return switch (type) {
      case NULL -> true;
      case BOOLEAN -> left.booleanValue() == right.booleanValue();
      case NUMBER -> left.decimalValue().compareTo(right.decimalValue()) == 0;
      case STRING -> left.asString().equals(right.asString());
      case ARRAY -> equalItems(left, right);
      case OBJECT -> equalMembers(left, right);
    };
  }

  static boolean contains(Collection<JsonNode> values, JsonNode value) {
    for (JsonNode each : values) {
      if (equal(each, value)) {
        return true;
      }
    }
    return false;
  }

  /** Equal for equal scalars and only for those; null for arrays and objects. */
  static Object scalarKey(JsonNode value) {
    return switch (JsonType.of(value)) {
      case NULL -> "null";
      case BOOLEAN -> value.booleanValue();
      case NUMBER -> value.decimalValue().stripTrailingZeros();
      case STRING -> "\"" + value.asString();
      case ARRAY, OBJECT -> null;
    };
  }

  /** Whether {@code value} is a whole multiple of {@code unit}. */
  static boolean isMultiple(BigDecimal value, BigDecimal unit) {
    return value.remainder(unit).signum() == 0;
  }

  private static boolean equalItems(JsonNode left, JsonNode right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!equal(left.get(i), right.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean equalMembers(JsonNode left, JsonNode right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (Map.Entry<String, JsonNode> member : left.properties()) {
      JsonNode other = right.get(member.getKey());
      if (other == null || !equal(member.getValue(), other)) {
        return false;
      }
    }
    return true;
  }
}
