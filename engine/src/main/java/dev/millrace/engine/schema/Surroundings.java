package dev.millrace.engine.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * What is known about the value on which a step is taken: its types, the names it must have, how
 * many items; made by {@link StepResolver}, immutable.
 *
 * @param types the possible types
 * @param required names that are there when the value is an object
 * @param minItems items that are there when the value is an array
 */
record Surroundings(Set<String> types, Set<String> required, long minItems) {
  static final Surroundings NONE =
      new Surroundings(
          Set.of("null", "boolean", "object", "array", "number", "string"), Set.of(), 0);

  /** These, and what one more part says. */
  Surroundings with(JsonNode part) {
    Set<String> fewer = new TreeSet<>(types);
    Set<String> declared = typesOf(part);
    if (declared != null) {
      fewer.retainAll(declared);
    }
    Set<String> more = required;
    if (part.has("required")) {
      more = new TreeSet<>(required);
      for (JsonNode name : part.get("required")) {
        more.add(name.asString());
      }
    }
    long items = part.has("minItems") ? part.get("minItems").asLong(0) : 0;
    return new Surroundings(fewer, more, Math.max(minItems, items));
  }

  boolean allows(String type) {
    return types.contains(type);
  }

  boolean isOnly(String type) {
    return types.size() == 1 && types.contains(type);
  }

  String typeReason(PlaceRule rule) {
    if (types.isEmpty()) {
      return "no value is possible here";
    }
    List<String> names = new ArrayList<>(types);
    return "the value is of type " + String.join(" or ", names) + ", which has no " + rule.noun();
  }

  private static Set<String> typesOf(JsonNode part) {
    Set<String> declared = new TreeSet<>();
    if (part.isBoolean()) {
      return part.booleanValue() ? null : declared;
    }
    JsonNode type = part.get("type");
    if (type != null) {
      for (JsonNode name : type.isArray() ? type : List.of(type)) {
        declared.add(name.asString().equals("integer") ? "number" : name.asString());
      }
      return declared;
    }
    if (part.has("const")) {
      declared.add(typeOf(part.get("const")));
      return declared;
    }
    if (part.has("enum")) {
      part.get("enum").forEach(value -> declared.add(typeOf(value)));
      return declared;
    }
    return null;
  }

  private static String typeOf(JsonNode value) {
    return switch (value.getNodeType()) {
      case NULL -> "null";
      case BOOLEAN -> "boolean";
      case OBJECT -> "object";
      case ARRAY -> "array";
      case NUMBER -> "number";
      default -> "string";
    };
  }
}
