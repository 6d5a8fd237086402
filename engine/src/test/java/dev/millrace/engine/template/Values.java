package dev.millrace.engine.template;

import tools.jackson.databind.JsonNode;

/** A scope of fixed values, for tests. */
record Values(JsonNode input, JsonNode... outputs) implements Scope {
  @Override
  public JsonNode output(int slot) {
    return outputs[slot];
  }
}
