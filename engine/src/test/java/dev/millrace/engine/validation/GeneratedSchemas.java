package dev.millrace.engine.validation;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes small schemas, looser versions of them, and values that often match them. */
final class GeneratedSchemas {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> NAMES = List.of("p", "q", "r");
  private static final List<String> TEXTS = List.of("", "a", "ab", "b-1", "x-2024", "true");
  private static final List<String> PATTERNS = List.of("^a", "^[a-z]*$", "-", "^[a-z]-[0-9]+$");

  private final Random random;

  GeneratedSchemas(Random random) {
    this.random = random;
  }

  boolean chance(double share) {
    return random.nextDouble() < share;
  }

  <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  ObjectNode schema(int depth) {
    int kind = random.nextInt(depth > 0 ? 11 : 6);
    ObjectNode schema = JSON.objectNode();
    switch (kind) {
      case 0, 1 -> string(schema);
      case 2 -> integer(schema);
      case 3 -> schema.put("type", "boolean");
      case 4 -> schema.set("enum", JSON.arrayNode().add("a").add("ab").add(true));
      case 5 -> schema.set("type", JSON.arrayNode().add("string").add("null"));
      case 6 -> array(schema, depth);
      case 7, 8 -> object(schema, depth);
      case 9 -> schema.set("anyOf", JSON.arrayNode().add(schema(depth - 1)).add(schema(depth - 1)));
      default -> conditional(schema, depth);
    }
    return schema;
  }

  private void string(ObjectNode schema) {
    schema.put("type", "string");
    if (chance(0.3)) {
      schema.put("minLength", random.nextInt(3));
    }
    if (chance(0.3)) {
      schema.put("maxLength", 1 + random.nextInt(6));
    }
    if (chance(0.3)) {
      schema.put("pattern", oneOf(PATTERNS));
    }
  }

  private void integer(ObjectNode schema) {
    schema.put("type", chance(0.8) ? "integer" : "number");
    if (chance(0.4)) {
      schema.put("minimum", random.nextInt(3));
    }
    if (chance(0.4)) {
      schema.put("maximum", 3 + random.nextInt(3));
    }
  }

  private void array(ObjectNode schema, int depth) {
    schema.put("type", "array");
    if (chance(0.8)) {
      schema.set("items", schema(depth - 1));
    }
    if (chance(0.3)) {
      schema.put("minItems", random.nextInt(3));
    }
    if (chance(0.3)) {
      schema.put("maxItems", 1 + random.nextInt(3));
    }
    if (chance(0.2)) {
      schema.put("uniqueItems", true);
    }
  }

  ObjectNode object(ObjectNode schema, int depth) {
    ObjectNode properties = JSON.objectNode();
    ArrayNode required = JSON.arrayNode();
    for (String name : NAMES) {
      if (chance(0.6)) {
        properties.set(name, schema(depth - 1));
        if (chance(0.6)) {
          required.add(name);
        }
      }
    }
    schema.put("type", "object").set("properties", properties);
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    if (chance(0.3)) {
      schema.put("additionalProperties", false);
    }
    if (chance(0.15)) {
      schema.put("minProperties", random.nextInt(3));
    }
    if (chance(0.15)) {
      schema.set("dependentRequired", JSON.objectNode().set("p", JSON.arrayNode().add("q")));
    }
    return schema;
  }

  private void conditional(ObjectNode schema, int depth) {
    object(schema, depth);
    ObjectNode condition = JSON.objectNode();
    condition.set("required", JSON.arrayNode().add("p"));
    schema.set("if", condition);
    schema.set("then", JSON.objectNode().set("required", JSON.arrayNode().add("q")));
  }

  /** A schema that often admits everything that the given one does. */
  ObjectNode looser(JsonNode schema) {
    ObjectNode copy = (ObjectNode) schema.deepCopy();
    for (String keyword :
        List.of(
            "minLength",
            "maxLength",
            "pattern",
            "minimum",
            "maximum",
            "minItems",
            "maxItems",
            "uniqueItems",
            "required",
            "minProperties",
            "dependentRequired",
            "if")) {
      if (copy.has(keyword) && chance(0.4)) {
        copy.remove(keyword);
        if (keyword.equals("if")) {
          copy.remove("then");
        }
      }
    }
    if (copy.has("properties") && chance(0.5)) {
      ObjectNode properties = JSON.objectNode();
      copy.get("properties")
          .properties()
          .forEach(each -> properties.set(each.getKey(), looser(each.getValue())));
      copy.set("properties", properties);
    }
    return copy;
  }

  /** A value that often matches the schema. */
  JsonNode value(JsonNode schema, int depth) {
    if (schema.has("enum")) {
      return schema.get("enum").get(random.nextInt(schema.get("enum").size()));
    }
    if (schema.has("anyOf")) {
      return value(schema.get("anyOf").get(random.nextInt(2)), depth);
    }
    JsonNode type = schema.path("type");
    String name =
        type.isArray() ? type.get(random.nextInt(type.size())).asString() : type.asString("");
    return switch (name) {
      case "string" -> JSON.stringNode(oneOf(TEXTS));
      case "integer" -> JSON.numberNode(random.nextInt(7));
      case "number" -> JSON.numberNode(new BigDecimal("2.50"));
      case "boolean" -> JSON.booleanNode(random.nextBoolean());
      case "array" -> items(schema, depth);
      case "object" -> members(schema, depth);
      default -> JSON.nullNode();
    };
  }

  private JsonNode items(JsonNode schema, int depth) {
    ArrayNode items = JSON.arrayNode();
    for (int i = random.nextInt(4); i > 0 && depth > 0; i--) {
      items.add(value(schema.path("items"), depth - 1));
    }
    return items;
  }

  private JsonNode members(JsonNode schema, int depth) {
    ObjectNode members = JSON.objectNode();
    for (var each : schema.path("properties").properties()) {
      boolean needed = schema.path("required").toString().contains('"' + each.getKey() + '"');
      if (depth > 0 && (needed || chance(0.5))) {
        members.set(each.getKey(), value(each.getValue(), depth - 1));
      }
    }
    if (!schema.has("additionalProperties") && chance(0.1)) {
      members.put("z", 1);
    }
    return members;
  }
}
