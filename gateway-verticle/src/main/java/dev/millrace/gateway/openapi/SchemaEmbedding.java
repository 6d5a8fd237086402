package dev.millrace.gateway.openapi;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Puts a JSON Schema under a name into an OpenAPI document: references that start at the schema's
 * own root are made to start at its place in the document. Pure, any thread.
 */
final class SchemaEmbedding {
  private static final Set<String> DATA = Set.of("const", "enum", "default", "examples", "example");
  private static final Set<String> IDENTITY = Set.of("$schema", "$id");

  private SchemaEmbedding() {}

  /** A copy of the schema for the place that the pointer names, such as {@code #/components/x}. */
  static JsonNode at(String pointer, JsonNode schema) {
    if (!schema.isObject()) {
      return schema;
    }
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> member : schema.properties()) {
      if (!IDENTITY.contains(member.getKey())) {
        copy.set(member.getKey(), member(pointer, member.getKey(), member.getValue()));
      }
    }
    return copy;
  }

  private static JsonNode member(String pointer, String name, JsonNode value) {
    if (DATA.contains(name)) {
      return value;
    }
    if (name.equals("$ref") && value.isString()) {
      return reference(pointer, value.stringValue());
    }
    return walk(pointer, value);
  }

  private static JsonNode walk(String pointer, JsonNode value) {
    if (value.isObject()) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        copy.set(member.getKey(), member(pointer, member.getKey(), member.getValue()));
      }
      return copy;
    }
    if (value.isArray()) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode(value.size());
      for (JsonNode element : value) {
        copy.add(walk(pointer, element));
      }
      return copy;
    }
    return value;
  }

  private static JsonNode reference(String pointer, String reference) {
    boolean local = reference.equals("#") || reference.startsWith("#/");
    return StringNode.valueOf(local ? pointer + reference.substring(1) : reference);
  }
}
