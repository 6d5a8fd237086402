package dev.millrace.engine.template;

import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A scope of fixed values, for tests. */
record Values(JsonNode input, List<JsonNode> outputs) implements Scope {
  Values(JsonNode input, JsonNode... outputs) {
    this(input, Arrays.asList(outputs));
  }

  @Override
  public JsonNode output(int slot) {
    return outputs.get(slot);
  }
}
