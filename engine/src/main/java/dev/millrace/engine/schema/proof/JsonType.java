package dev.millrace.engine.schema.proof;

import tools.jackson.databind.JsonNode;

/** The six kinds of JSON values; every question of the proof is asked once for each of them. */
enum JsonType {
  NULL("null"),
  BOOLEAN("boolean"),
  NUMBER("number"),
  STRING("string"),
  ARRAY("array"),
  OBJECT("object");

  private final String keyword;

  JsonType(String keyword) {
    this.keyword = keyword;
  }

  static JsonType of(JsonNode value) {
    return switch (value.getNodeType()) {
      case NULL -> NULL;
      case BOOLEAN -> BOOLEAN;
      case NUMBER -> NUMBER;
      case ARRAY -> ARRAY;
      case OBJECT -> OBJECT;
      default -> STRING;
    };
  }

  /** Whether a {@code type} keyword allows all values of this type. */
  boolean isNamedIn(JsonNode type) {
    return names(type, keyword);
  }

  /** Whether a {@code type} keyword allows the integers among the numbers. */
  boolean isNamedAsInteger(JsonNode type) {
    return this == NUMBER && names(type, "integer");
  }

  private static boolean names(JsonNode type, String name) {
    if (type.isString()) {
      return type.stringValue().equals(name);
    }
    for (JsonNode each : type) {
      if (each.asString().equals(name)) {
        return true;
      }
    }
    return false;
  }
}
