package dev.millrace.engine.validation;

import dev.millrace.engine.schema.SchemaView;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes null out of a schema, as {@code ??} takes it out of a value; stateless, used on the
 * validating thread.
 */
final class NonNull {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private NonNull() {}

  /** What the schema admits besides null. */
  static SchemaView of(SchemaView view) {
    SchemaView target = PlainSchema.target(view);
    if (!PlainSchema.allowsType(target, "null")) {
      return view;
    }
    return target.at(without(target.node()));
  }

  private static JsonNode without(JsonNode schema) {
    if (schema.isObject() && schema.path("type").isArray() && !schema.has("enum")) {
      ArrayNode types = JSON.arrayNode();
      for (JsonNode type : schema.get("type")) {
        if (!type.asString().equals("null")) {
          types.add(type);
        }
      }
      if (types.isEmpty()) {
        return JSON.booleanNode(false);
      }
      ObjectNode copy = JSON.objectNode();
      copy.setAll((ObjectNode) schema);
      return copy.set("type", types.size() == 1 ? types.get(0) : types);
    }
    JsonNode choices = schema.path("anyOf");
    if (schema.size() == 1 && choices.isArray() && hasOnlyNull(choices)) {
      return withoutNull(choices);
    }
    ArrayNode types = JSON.arrayNode();
    for (String type : new String[] {"boolean", "object", "array", "number", "string"}) {
      types.add(type);
    }
    JsonNode notNull = JSON.objectNode().set("type", types);
    if ((schema.isBoolean() && schema.booleanValue()) || (schema.isObject() && schema.isEmpty())) {
      return notNull;
    }
    return JSON.objectNode().set("allOf", JSON.arrayNode().add(schema).add(notNull));
  }

  private static boolean hasOnlyNull(JsonNode choices) {
    boolean found = false;
    for (JsonNode choice : choices) {
      boolean onlyNull = choice.size() == 1 && choice.path("type").asString("").equals("null");
      found |= onlyNull;
      if (!onlyNull && !isTypedWithoutNull(choice)) {
        return false;
      }
    }
    return found;
  }

  private static boolean isTypedWithoutNull(JsonNode choice) {
    JsonNode type = choice.path("type");
    return type.isString() && !type.stringValue().equals("null");
  }

  private static JsonNode withoutNull(JsonNode choices) {
    ArrayNode left = JSON.arrayNode();
    for (JsonNode choice : choices) {
      if (isTypedWithoutNull(choice)) {
        left.add(choice);
      }
    }
    return left.size() == 1
        ? left.get(0)
        : left.isEmpty() ? JSON.booleanNode(false) : JSON.objectNode().set("anyOf", left);
  }
}
