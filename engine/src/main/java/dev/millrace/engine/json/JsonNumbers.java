package dev.millrace.engine.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.LongNode;

/** Exact numbers within the limits of {@link Json}; stateless, usable on any thread. */
public final class JsonNumbers {
  private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

  private JsonNumbers() {}

  /** The smallest kind of node that holds the integer. */
  public static JsonNode integer(BigInteger value) {
    boolean fits = value.compareTo(LONG_MIN) >= 0 && value.compareTo(LONG_MAX) <= 0;
    return fits ? integer(value.longValue()) : BigIntegerNode.valueOf(value);
  }

  /** The smallest kind of node that holds the integer. */
  public static JsonNode integer(long value) {
    boolean fits = value >= Integer.MIN_VALUE && value <= Integer.MAX_VALUE;
    return fits ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
  }

  /**
   * A decimal with its trailing zeros, or an integer where its exponent leaves no fractional digit.
   * The value must be {@linkplain #withinLimits within the limits}.
   */
  public static JsonNode decimal(BigDecimal value) {
    return value.scale() > 0 ? DecimalNode.valueOf(value) : integer(value.toBigIntegerExact());
  }

  /** Whether the value, written without an exponent, is no longer than a number may be. */
  public static boolean withinLimits(BigDecimal value) {
    long beforePoint = Math.max(1, (long) value.precision() - value.scale());
    long behindPoint = value.scale() > 0 ? 1L + value.scale() : 0;
    long sign = value.signum() < 0 ? 1 : 0;
    return sign + beforePoint + behindPoint <= Json.MAX_NUMBER_LENGTH;
  }

  /**
   * Whether the exponent of a number's text, where it has one, is within the limit; looks at the
   * text only, as computing with a large exponent is what must not happen.
   */
  public static boolean exponentWithinLimit(CharSequence number) {
    int at = 0;
    while (at < number.length() && number.charAt(at) != 'e' && number.charAt(at) != 'E') {
      at++;
    }
    int exponent = 0;
    for (at++; at < number.length(); at++) {
      int digit = Character.digit(number.charAt(at), 10);
      if (digit >= 0) {
        exponent = exponent * 10 + digit;
        if (exponent > Json.MAX_EXPONENT) {
          return false;
        }
      }
    }
    return true;
  }
}
