package dev.millrace.engine.schema.proof;

import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Makes up schemas and values from one small vocabulary, so that random values often meet random
 * schemas; for the property tests.
 */
public final class RandomSchemas {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> NAMES = List.of("a", "b", "c", "ab");
  private static final List<String> TEXTS =
      List.of("", "a", "b", "ab", "aab", "abc", "b1", "12", "2026-01-31", "a@b.co", "x-y");
  private static final List<String> PATTERNS =
      List.of("^a", "b$", "^[a-c]+$", "\\d", "^a?b*$", "^(a|ab)$", "^.{2}$", "a|b", "", "^\\w+$");
  private static final List<String> NUMBERS =
      List.of("-2", "-1", "-0.5", "0", "0.25", "0.5", "1", "1.5", "2", "3", "4");
  private static final List<String> UNITS = List.of("0.5", "1", "2", "3", "0.25", "1.5");
  private static final List<String> TYPES =
      List.of("null", "boolean", "object", "array", "number", "integer", "string");
  private static final List<String> FORMATS = List.of("date", "email", "ipv4", "uuid", "uri");

  private final Random random;

  public RandomSchemas(long seed) {
    this.random = new Random(seed);
  }

  /** A schema document with two definitions that it may refer to. */
  public JsonNode document(int depth) {
    JsonNode body = schema(depth);
    if (!body.isObject()) {
      return body;
    }
    ObjectNode document = ((ObjectNode) body).deepCopy();
    ObjectNode definitions = JSON.objectNode();
    definitions.set("one", plain(1));
    ObjectNode recursive = JSON.objectNode().put("type", "object");
    ObjectNode members = JSON.objectNode();
    members.set("a", JSON.objectNode().put("$ref", "#/$defs/two"));
    members.set("b", plain(0));
    recursive.set("properties", members);
    if (random.nextInt(3) == 0) {
      recursive.set("required", JSON.arrayNode().add("b"));
    }
    definitions.set("two", recursive);
    document.set("$defs", definitions);
    return document;
  }

  /** A document that differs from another one in a few places. */
  JsonNode mutated(JsonNode node) {
    if (node.isObject()) {
      ObjectNode copy = JSON.objectNode();
      node.properties()
          .forEach(
              member -> {
                boolean keep = member.getKey().startsWith("$");
                if (keep || random.nextInt(12) > 0) {
                  copy.set(
                      member.getKey(),
                      keep ? member.getValue() : mutatedValue(member.getKey(), member.getValue()));
                }
              });
      return copy;
    }
    return node;
  }

  private JsonNode mutatedValue(String keyword, JsonNode value) {
    return switch (keyword) {
      case "properties", "patternProperties" -> {
        ObjectNode map = JSON.objectNode();
        value.properties().forEach(each -> map.set(each.getKey(), mutated(each.getValue())));
        yield map;
      }
      case "items", "additionalProperties", "not", "if", "then", "else", "contains" ->
          mutated(value);
      case "anyOf", "allOf", "oneOf", "prefixItems" -> {
        ArrayNode list = JSON.arrayNode();
        value.forEach(each -> list.add(mutated(each)));
        if (random.nextInt(6) == 0) {
          list.add(plain(1));
        }
        yield list;
      }
      case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum" ->
          random.nextInt(3) == 0 ? number(NUMBERS) : value;
      case "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties" ->
          random.nextInt(3) == 0 ? IntNode.valueOf(random.nextInt(4)) : value;
      default -> value;
    };
  }

  JsonNode schema(int depth) {
    if (depth <= 0 || random.nextInt(10) < 6) {
      return plain(depth);
    }
    ObjectNode schema = random.nextBoolean() ? (ObjectNode) typed(depth) : JSON.objectNode();
    switch (random.nextInt(8)) {
      case 0 -> schema.set("anyOf", schemas(depth));
      case 1 -> schema.set("oneOf", schemas(depth));
      case 2 -> schema.set("allOf", schemas(depth));
      case 3 -> schema.set("not", schema(depth - 1));
      case 4 -> {
        schema.set("if", schema(depth - 1));
        schema.set("then", schema(depth - 1));
        schema.set("else", schema(depth - 1));
      }
      case 5 -> schema.put("$ref", random.nextBoolean() ? "#/$defs/one" : "#/$defs/two");
      case 6 -> schema.set("anyOf", schemas(depth));
      default -> {
        schema.set("if", schema(depth - 1));
        schema.set("then", schema(depth - 1));
      }
    }
    return schema;
  }

  private ArrayNode schemas(int depth) {
    ArrayNode list = JSON.arrayNode();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      list.add(schema(depth - 1));
    }
    return list;
  }

  private JsonNode plain(int depth) {
    int kind = random.nextInt(20);
    if (kind == 0) {
      return BooleanNode.valueOf(random.nextInt(4) > 0);
    }
    if (kind <= 2) {
      ArrayNode values = JSON.arrayNode();
      int count = 1 + random.nextInt(3);
      for (int i = 0; i < count; i++) {
        values.add(value(1));
      }
      return JSON.objectNode().set("enum", values);
    }
    if (kind == 3) {
      return JSON.objectNode().set("const", value(1));
    }
    return typed(depth);
  }

  private JsonNode typed(int depth) {
    ObjectNode schema = JSON.objectNode();
    String type = pick(TYPES);
    if (random.nextInt(5) == 0) {
      String other = pick(TYPES);
      schema.set(
          "type",
          other.equals(type) ? JSON.arrayNode().add(type) : JSON.arrayNode().add(type).add(other));
    } else if (random.nextInt(8) > 0) {
      schema.put("type", type);
    }
    switch (type) {
      case "number", "integer" -> numbers(schema);
      case "string" -> strings(schema);
      case "array" -> arrays(schema, depth);
      case "object" -> objects(schema, depth);
      default -> {
        // No keywords of their own.
      }
    }
    return schema;
  }

  private void numbers(ObjectNode schema) {
    maybe(
        2,
        () -> schema.set(random.nextBoolean() ? "minimum" : "exclusiveMinimum", number(NUMBERS)));
    maybe(
        2,
        () -> schema.set(random.nextBoolean() ? "maximum" : "exclusiveMaximum", number(NUMBERS)));
    maybe(4, () -> schema.set("multipleOf", number(UNITS)));
  }

  private void strings(ObjectNode schema) {
    maybe(3, () -> schema.put("minLength", random.nextInt(4)));
    maybe(3, () -> schema.put("maxLength", random.nextInt(5)));
    maybe(3, () -> schema.put("pattern", pick(PATTERNS)));
    maybe(6, () -> schema.put("format", pick(FORMATS)));
  }

  private void arrays(ObjectNode schema, int depth) {
    maybe(2, () -> schema.set("items", schema(depth - 1)));
    maybe(4, () -> schema.set("prefixItems", schemas(depth)));
    maybe(3, () -> schema.put("minItems", random.nextInt(3)));
    maybe(3, () -> schema.put("maxItems", random.nextInt(4)));
    maybe(4, () -> schema.put("uniqueItems", true));
    maybe(
        4,
        () -> {
          schema.set("contains", schema(depth - 1));
          maybe(3, () -> schema.put("minContains", random.nextInt(3)));
          maybe(3, () -> schema.put("maxContains", random.nextInt(3)));
        });
  }

  private void objects(ObjectNode schema, int depth) {
    maybe(
        1,
        () -> {
          ObjectNode members = JSON.objectNode();
          for (String name : NAMES) {
            maybe(2, () -> members.set(name, schema(depth - 1)));
          }
          schema.set("properties", members);
        });
    maybe(
        2,
        () -> {
          ArrayNode names = JSON.arrayNode();
          for (String name : NAMES) {
            maybe(3, () -> names.add(name));
          }
          schema.set("required", names);
        });
    maybe(3, () -> schema.set("additionalProperties", schema(depth - 1)));
    maybe(
        5,
        () ->
            schema.set(
                "patternProperties", JSON.objectNode().set(pick(PATTERNS), schema(depth - 1))));
    maybe(8, () -> schema.set("propertyNames", JSON.objectNode().put("pattern", pick(PATTERNS))));
    maybe(6, () -> schema.put("minProperties", random.nextInt(3)));
    maybe(6, () -> schema.put("maxProperties", random.nextInt(4)));
    maybe(
        7,
        () ->
            schema.set(
                "dependentRequired",
                JSON.objectNode().set(pick(NAMES), JSON.arrayNode().add(pick(NAMES)))));
    maybe(
        9,
        () ->
            schema.set("dependentSchemas", JSON.objectNode().set(pick(NAMES), schema(depth - 1))));
  }

  public JsonNode value(int depth) {
    int kinds = depth > 0 ? 9 : 6;
    return switch (random.nextInt(kinds)) {
      case 0 -> NullNode.getInstance();
      case 1 -> BooleanNode.valueOf(random.nextBoolean());
      case 2, 3 -> number(NUMBERS);
      case 4, 5 -> StringNode.valueOf(pick(TEXTS));
      case 6 -> {
        ArrayNode array = JSON.arrayNode();
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
          array.add(i > 0 && random.nextInt(3) == 0 ? array.get(i - 1) : value(depth - 1));
        }
        yield array;
      }
      default -> {
        ObjectNode object = JSON.objectNode();
        for (String name : NAMES) {
          maybe(2, () -> object.set(name, value(depth - 1)));
        }
        maybe(4, () -> object.set("other", value(depth - 1)));
        yield object;
      }
    };
  }

  private void maybe(int oneIn, Runnable action) {
    if (random.nextInt(oneIn) == 0) {
      action.run();
    }
  }

  private JsonNode number(List<String> texts) {
    return DecimalNode.valueOf(new java.math.BigDecimal(pick(texts)));
  }

  private String pick(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
