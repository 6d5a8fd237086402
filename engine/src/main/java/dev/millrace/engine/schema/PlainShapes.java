package dev.millrace.engine.schema;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Checks the values of keywords that hold no schemas; stateless, used by {@link SchemaChecker}. */
final class PlainShapes {
  private PlainShapes() {}

  static boolean fits(Keyword.Shape shape, JsonNode value) {
    return switch (shape) {
      case NUMBER -> value.isNumber();
      case POSITIVE_NUMBER -> value.isNumber() && isPositive(value);
      case COUNT -> isCount(value);
      case STRING -> value.isString();
      case BOOLEAN -> value.isBoolean();
      case NAMES -> isNames(value);
      case NAMED_NAMES -> isNamedNames(value);
      case VALUES -> value.isArray() && !value.isEmpty();
      case LIST -> value.isArray();
      default -> true;
    };
  }

  private static boolean isPositive(JsonNode number) {
    if (number.isBigDecimal()) {
      return number.decimalValue().signum() > 0;
    }
    return number.isIntegralNumber()
        ? number.bigIntegerValue().signum() > 0
        : number.doubleValue() > 0;
  }

  private static boolean isCount(JsonNode value) {
    if (value.isIntegralNumber()) {
      return value.canConvertToInt() && value.intValue() >= 0;
    }
    if (!value.isFloatingPointNumber()
        || (!value.isBigDecimal() && !Double.isFinite(value.doubleValue()))) {
      return false;
    }
    // The range first: then the number has few digits, whatever its exponent.
    BigDecimal number = value.decimalValue();
    return number.signum() >= 0
        && number.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0
        && number.stripTrailingZeros().scale() <= 0;
  }

  private static boolean isNames(JsonNode value) {
    if (!value.isArray()) {
      return false;
    }
    Set<String> seen = new HashSet<>();
    for (JsonNode name : value) {
      if (!name.isString() || !seen.add(name.stringValue())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNamedNames(JsonNode value) {
    if (!value.isObject()) {
      return false;
    }
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      if (!isNames(member.getValue())) {
        return false;
      }
    }
    return true;
  }
}
