package dev.millrace.engine.validation;

import dev.millrace.engine.schema.SchemaView;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Tells schemas whose parts can be judged one by one from those that look at a value as a whole;
 * stateless, used on the validating thread.
 */
final class PlainSchema {
  private static final int MOST_REFERENCES = 64;

  private static final Set<String> ANNOTATIONS =
      Set.of(
          "$schema",
          "$id",
          "$defs",
          "definitions",
          "$comment",
          "title",
          "description",
          "default",
          "examples",
          "deprecated",
          "readOnly",
          "writeOnly");
  private static final Set<String> OF_OBJECTS =
      Set.of("type", "properties", "required", "additionalProperties");
  private static final Set<String> OF_ARRAYS =
      Set.of("type", "items", "prefixItems", "minItems", "maxItems");

  private PlainSchema() {}

  /** The schema behind references that stand alone. */
  static SchemaView target(SchemaView view) {
    SchemaView at = view;
    for (int i = 0; i < MOST_REFERENCES; i++) {
      boolean alone = at.node().has("$ref") && isAllIn(at.node(), Set.of("$ref"));
      SchemaView next = alone ? at.referenced() : null;
      if (next == null) {
        return at;
      }
      at = next;
    }
    return at;
  }

  /** Whether an object matches exactly when each of its members, and their presence, does. */
  static boolean isObject(SchemaView target) {
    return target.node().isObject() && isAllIn(target.node(), OF_OBJECTS);
  }

  /** Whether an array matches exactly when each of its items, and their number, does. */
  static boolean isArray(SchemaView target) {
    return target.node().isObject() && isAllIn(target.node(), OF_ARRAYS);
  }

  /** Whether the schema's own {@code type} leaves room for this one. */
  static boolean allowsType(SchemaView target, String type) {
    JsonNode types = target.node().get("type");
    if (types == null) {
      return !target.node().isBoolean() || target.node().booleanValue();
    }
    if (!types.isArray()) {
      return types.asString().equals(type);
    }
    for (JsonNode each : types) {
      if (each.asString().equals(type)) {
        return true;
      }
    }
    return false;
  }

  /** The names that every object must have, as far as the schema says so without conditions. */
  static Set<String> required(SchemaView view) {
    Set<String> names = new LinkedHashSet<>();
    collectRequired(view, names, new HashSet<>());
    return names;
  }

  private static void collectRequired(SchemaView view, Set<String> names, Set<Integer> seen) {
    if (!seen.add(System.identityHashCode(view.node())) || !view.node().isObject()) {
      return;
    }
    for (JsonNode name : view.node().path("required")) {
      names.add(name.asString());
    }
    SchemaView referenced = view.referenced();
    if (referenced != null) {
      collectRequired(referenced, names, seen);
    }
    for (JsonNode part : view.node().path("allOf")) {
      collectRequired(view.at(part), names, seen);
    }
  }

  private static boolean isAllIn(JsonNode schema, Set<String> keywords) {
    for (String keyword : schema.propertyNames()) {
      if (!keywords.contains(keyword)
          && !ANNOTATIONS.contains(keyword)
          && !keyword.startsWith("x-")) {
        return false;
      }
    }
    return true;
  }
}
