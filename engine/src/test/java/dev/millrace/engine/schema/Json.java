package dev.millrace.engine.schema;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Reads JSON as the engine does, with exact numbers; for tests of any package. */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private Json() {}

  public static JsonNode of(String text) {
    return MAPPER.readTree(text);
  }

  public static JsonNode array(JsonNode... items) {
    ArrayNode array = MAPPER.createArrayNode();
    for (JsonNode item : items) {
      array.add(item);
    }
    return array;
  }
}
