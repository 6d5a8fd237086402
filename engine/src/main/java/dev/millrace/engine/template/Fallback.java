package dev.millrace.engine.template;

import tools.jackson.databind.JsonNode;

/** What stands behind {@code ??}: taken when the value is absent or null. */
public sealed interface Fallback {
  /** A JSON string, number, boolean or null. */
  record Literal(JsonNode value) implements Fallback {}

  /** Another path. */
  record Path(TemplatePath path) implements Fallback {}
}
