package dev.millrace.engine.validation;

import dev.millrace.engine.json.JsonPointers;
import dev.millrace.engine.schema.SchemaView;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts places of several schema documents together into one self-contained document; lives for one
 * such document, on the validating thread.
 *
 * <p>A place keeps the definitions that it refers to, under a name of its own in {@code $defs}.
 */
final class SchemaBundle {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String DEFINITIONS = "$defs";

  /** Keywords whose members are schemas by name. */
  private static final Set<String> NAMED =
      Set.of(DEFINITIONS, "definitions", "properties", "patternProperties", "dependentSchemas");

  /** Keywords that hold data, in which nothing is a reference. */
  private static final Set<String> DATA = Set.of("const", "enum", "default", "examples");

  private final ObjectNode definitions = JSON.objectNode();
  private final IdentityHashMap<JsonNode, JsonNode> embedded = new IdentityHashMap<>();

  /** A schema for the document that admits what the place admits. */
  JsonNode embed(SchemaView place) {
    return embedded.computeIfAbsent(place.node(), node -> moved(place));
  }

  /** The document whose root is {@code schema}, which was made of embedded places. */
  JsonNode document(JsonNode schema) {
    if (definitions.isEmpty()) {
      return schema;
    }
    ObjectNode document = JSON.objectNode();
    document.setAll((ObjectNode) schema);
    return document.set(DEFINITIONS, definitions);
  }

  private JsonNode moved(SchemaView place) {
    JsonNode standalone = place.standalone();
    if (!hasReference(standalone)) {
      return standalone;
    }
    String name = "s" + (definitions.size() + 1);
    String base = JsonPointers.child("#/" + DEFINITIONS, name);
    definitions.set(name, rebased(standalone, base));
    return JSON.objectNode().put("$ref", base);
  }

  private static boolean hasReference(JsonNode schema) {
    if (schema.has("$ref") && schema.get("$ref").isString()) {
      return true;
    }
    for (JsonNode part : schema) {
      if (part.isContainer() && hasReference(part)) {
        return true;
      }
    }
    return false;
  }

  private static JsonNode rebased(JsonNode schema, String base) {
    if (!schema.isObject()) {
      return schema;
    }
    ObjectNode copy = JSON.objectNode();
    for (Map.Entry<String, JsonNode> member : schema.properties()) {
      copy.set(member.getKey(), rebasedKeyword(member.getKey(), member.getValue(), base));
    }
    return copy;
  }

  private static JsonNode rebasedKeyword(String keyword, JsonNode value, String base) {
    if (keyword.equals("$ref")) {
      return JSON.stringNode(base + value.asString().substring(1));
    }
    if (DATA.contains(keyword)) {
      return value;
    }
    if (NAMED.contains(keyword)) {
      ObjectNode copy = JSON.objectNode();
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        copy.set(member.getKey(), rebased(member.getValue(), base));
      }
      return copy;
    }
    if (value.isArray()) {
      ArrayNode copy = JSON.arrayNode();
      value.forEach(part -> copy.add(rebased(part, base)));
      return copy;
    }
    return rebased(value, base);
  }
}
