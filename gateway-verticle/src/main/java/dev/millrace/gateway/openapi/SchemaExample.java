package dev.millrace.gateway.openapi;

import dev.millrace.engine.json.JsonPointers;
import dev.millrace.engine.schema.CompiledSchema;
import dev.millrace.engine.schema.InvalidSchemaException;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Makes an example value for a schema, so that a reader sees what a request looks like. Pure, any
 * thread. It tries the plain cases and shows nothing where the result would not be valid.
 */
final class SchemaExample {
  private static final int MAXIMUM_DEPTH = 6;

  private static final Map<String, String> BY_FORMAT =
      Map.of(
          "email", "ada@example.com",
          "uri", "https://example.com/",
          "uuid", "6f1c1c0a-3a54-4c43-9a53-0a1d4f3ac8b1",
          "date", "2026-11-23",
          "time", "09:00:00Z",
          "date-time", "2026-11-23T09:00:00Z",
          "hostname", "example.com",
          "ipv4", "192.0.2.1",
          "duration", "PT1H");

  private final JsonNode root;

  private SchemaExample(JsonNode root) {
    this.root = root;
  }

  /** An example that the schema accepts; empty where none was found. */
  static Optional<JsonNode> of(JsonNode schema) {
    JsonNode example = new SchemaExample(schema).example(schema, "text", 0);
    try {
      return CompiledSchema.compile(schema).accepts(example)
          ? Optional.of(example)
          : Optional.empty();
    } catch (InvalidSchemaException e) {
      return Optional.empty();
    }
  }

  private JsonNode example(JsonNode schema, String name, int depth) {
    if (!schema.isObject() || depth > MAXIMUM_DEPTH) {
      return NullNode.instance;
    }
    JsonNode given = given(schema);
    if (given != null) {
      return given;
    }
    JsonNode reference = schema.get("$ref");
    if (reference != null && reference.isString()) {
      return JsonPointers.ofLocalReference(reference.stringValue())
          .map(pointer -> JsonPointers.find(root, pointer))
          .map(target -> example(target, name, depth + 1))
          .orElse(NullNode.instance);
    }
    for (String keyword : new String[] {"anyOf", "oneOf", "allOf"}) {
      JsonNode parts = schema.get(keyword);
      if (parts != null && parts.isArray() && !parts.isEmpty() && !schema.has("type")) {
        return example(parts.get(0), name, depth + 1);
      }
    }
    return ofType(schema, name, depth);
  }

  private static JsonNode given(JsonNode schema) {
    JsonNode examples = schema.get("examples");
    if (examples != null && examples.isArray() && !examples.isEmpty()) {
      return examples.get(0);
    }
    if (schema.has("const")) {
      return schema.get("const");
    }
    if (schema.has("default")) {
      return schema.get("default");
    }
    JsonNode choices = schema.get("enum");
    return choices != null && choices.isArray() && !choices.isEmpty() ? choices.get(0) : null;
  }

  private JsonNode ofType(JsonNode schema, String name, int depth) {
    JsonNode type = schema.get("type");
    String first = "";
    if (type != null) {
      first = type.isArray() ? type.path(0).asString() : type.asString();
    } else if (schema.has("properties")) {
      first = "object";
    }
    return switch (first) {
      case "object" -> object(schema, depth);
      case "array" -> array(schema, name, depth);
      case "integer", "number" -> number(schema);
      case "boolean" -> BooleanNode.TRUE;
      case "null" -> NullNode.instance;
      default -> StringNode.valueOf(text(schema, name));
    };
  }

  private JsonNode object(JsonNode schema, int depth) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    JsonNode properties = schema.get("properties");
    if (properties != null) {
      for (Map.Entry<String, JsonNode> property : properties.properties()) {
        object.set(property.getKey(), example(property.getValue(), property.getKey(), depth + 1));
      }
    }
    return object;
  }

  private JsonNode array(JsonNode schema, String name, int depth) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    JsonNode items = schema.get("items");
    int least = Math.min(schema.path("minItems").asInt(1), 5);
    for (int index = 0; items != null && index < Math.max(1, least); index++) {
      array.add(example(items, name, depth + 1));
    }
    return array;
  }

  private static JsonNode number(JsonNode schema) {
    if (schema.has("minimum")) {
      return schema.get("minimum");
    }
    if (schema.path("exclusiveMinimum").isNumber()) {
      return IntNode.valueOf(schema.get("exclusiveMinimum").asInt(0) + 1);
    }
    if (schema.has("maximum") && schema.get("maximum").asInt(1) < 1) {
      return schema.get("maximum");
    }
    return IntNode.valueOf(1);
  }

  private static String text(JsonNode schema, String name) {
    String known = BY_FORMAT.get(schema.path("format").asString(""));
    if (known != null) {
      return known;
    }
    StringBuilder text = new StringBuilder(name);
    int least = Math.min(schema.path("minLength").asInt(0), 200);
    while (text.length() < least) {
      text.append('x');
    }
    int most = schema.path("maxLength").asInt(Integer.MAX_VALUE);
    return most >= 0 && text.length() > most ? text.substring(0, most) : text.toString();
  }
}
