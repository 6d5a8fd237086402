package dev.millrace.engine.definition;

import tools.jackson.databind.JsonNode;

/** Reads HTTP statuses of definitions, {@code 404} or {@code 4xx}; stateless, any thread. */
final class Statuses {
  private Statuses() {}

  /** The statuses that an integer or a string names; null where it names none in the range. */
  static StatusPattern parse(JsonNode value, int lowest, int highest) {
    String text = value.isString() || value.isIntegralNumber() ? value.asString() : "";
    if (text.length() != 3) {
      return null;
    }
    int hundreds = digit(text.charAt(0));
    StatusPattern pattern;
    if (text.endsWith("xx")) {
      pattern = new StatusPattern(hundreds * 100, hundreds * 100 + 99);
    } else {
      int tens = digit(text.charAt(1));
      int ones = digit(text.charAt(2));
      if (tens < 0 || ones < 0) {
        return null;
      }
      int code = hundreds * 100 + tens * 10 + ones;
      pattern = new StatusPattern(code, code);
    }
    return pattern.low() >= lowest && pattern.high() <= highest ? pattern : null;
  }

  private static int digit(char c) {
    return c >= '0' && c <= '9' ? c - '0' : -10;
  }
}
