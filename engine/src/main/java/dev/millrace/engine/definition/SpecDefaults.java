package dev.millrace.engine.definition;

import dev.millrace.engine.json.VersionHash;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What both kinds have in common where a field is absent; stateless, usable on any thread. */
final class SpecDefaults {
  static final int MAX_DESCRIPTION = 1_000;

  private SpecDefaults() {}

  /** The schema of an input that has no members; a new one each time, as nodes can change. */
  static ObjectNode closedObject() {
    return emptyObject().put("type", "object").put("additionalProperties", false);
  }

  static ObjectNode emptyObject() {
    return new ObjectNode(JsonNodeFactory.instance);
  }

  static String versionHash(JsonNode spec) {
    return VersionHash.of(spec);
  }
}
