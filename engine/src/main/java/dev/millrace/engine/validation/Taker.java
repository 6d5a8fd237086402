package dev.millrace.engine.validation;

import dev.millrace.engine.json.Json;
import dev.millrace.engine.schema.SchemaView;
import tools.jackson.databind.JsonNode;

/**
 * The place that takes a template's value; made by whoever walks a resource, immutable.
 *
 * @param schema what it accepts
 * @param label how messages call it, such as {@code "userId" of fetch-user}
 * @param absence what happens when there is no value
 */
record Taker(SchemaView schema, String label, Absence absence) {
  private static final int LONGEST_VALUE = 120;

  /** What a place does when its whole-value template yields nothing. */
  enum Absence {
    /** The place is left out, and may be. */
    LEFT_OUT,
    /** There must be a value. */
    FORBIDDEN,
    /** The place holds null then. */
    NULL
  }

  Taker with(Absence other) {
    return new Taker(schema, label, other);
  }

  /** A value as messages show it. */
  static String shown(JsonNode value) {
    String text = Json.toText(value);
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "...";
  }
}
