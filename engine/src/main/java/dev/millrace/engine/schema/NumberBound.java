package dev.millrace.engine.schema;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/** One bound of a number and its exact value; immutable, used by all threads. */
final class NumberBound {
  private final ExactBound kind;
  private final BigDecimal bound;
  private final boolean isLong;
  private final long longBound;

  NumberBound(ExactBound kind, JsonNode bound) {
    this.kind = kind;
    this.bound = bound.decimalValue();
    this.isLong = bound.isInt() || bound.isLong();
    this.longBound = isLong ? bound.longValue() : 0;
  }

  boolean holdsFor(JsonNode number) {
    return kind.holds(compare(number));
  }

  private int compare(JsonNode number) {
    if (isLong && (number.isInt() || number.isLong())) {
      return Long.compare(number.longValue(), longBound);
    }
    if (number.isFloatingPointNumber() && !number.isBigDecimal()) {
      double value = number.doubleValue();
      if (!Double.isFinite(value)) {
        return Double.compare(value, 0);
      }
    }
    return number.decimalValue().compareTo(bound);
  }
}
