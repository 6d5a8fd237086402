package dev.millrace.gateway.route;

import dev.millrace.engine.json.InvalidJsonException;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.json.JsonPointers;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/**
 * Turns the texts of a route's path and query into JSON of the types that the workflow's input
 * schema names; compiled once per route, immutable, any thread.
 *
 * <p>It converts where the text has exactly one meaning and leaves it a string otherwise, so that
 * the schema, and not this class, says what is wrong with a value.
 */
public final class ParameterConversion {
  /** How far references and alternatives are followed; deeper schemas stay strings. */
  private static final int MAXIMUM_DEPTH = 8;

  private static final Shape TEXT = new Shape(EnumSet.of(Type.STRING), List.of(), null);

  private final Map<String, Shape> shapes;

  private ParameterConversion(Map<String, Shape> shapes) {
    this.shapes = Map.copyOf(shapes);
  }

  private enum Type {
    STRING,
    NUMBER,
    BOOLEAN,
    NULL,
    ARRAY
  }

  /**
   * What a parameter may be.
   *
   * @param prefix the shapes of an array's first elements
   * @param items the shape of its further elements; null where the schema does not say
   */
  private record Shape(Set<Type> types, List<Shape> prefix, Shape items) {
    Shape element(int index) {
      if (index < prefix.size()) {
        return prefix.get(index);
      }
      return items == null ? TEXT : items;
    }
  }

  /** Compiles the conversion for an input schema. */
  public static ParameterConversion of(JsonNode inputSchema) {
    Map<String, Shape> shapes = new HashMap<>();
    collect(inputSchema, inputSchema, 0, shapes);
    return new ParameterConversion(shapes);
  }

  /** The value of a parameter, given once or more often. */
  public JsonNode convert(String name, List<String> texts) {
    Shape shape = shapes.getOrDefault(name, TEXT);
    if (texts.size() == 1 && !shape.types().contains(Type.ARRAY)) {
      return scalar(shape, texts.get(0));
    }
    ArrayNode array = JsonNodeFactory.instance.arrayNode(texts.size());
    for (int index = 0; index < texts.size(); index++) {
      array.add(scalar(shape.element(index), texts.get(index)));
    }
    return array;
  }

  private static JsonNode scalar(Shape shape, String text) {
    Set<Type> types = shape.types();
    if (types.contains(Type.STRING)) {
      return StringNode.valueOf(text);
    }
    if (types.contains(Type.BOOLEAN) && (text.equals("true") || text.equals("false"))) {
      return BooleanNode.valueOf(text.equals("true"));
    }
    if (types.contains(Type.NULL) && text.equals("null")) {
      return NullNode.instance;
    }
    if (types.contains(Type.NUMBER) && !text.isEmpty() && looksLikeNumber(text)) {
      try {
        return Json.read(text);
      } catch (InvalidJsonException e) {
        return StringNode.valueOf(text);
      }
    }
    return StringNode.valueOf(text);
  }

  private static boolean looksLikeNumber(String text) {
    char first = text.charAt(0);
    char last = text.charAt(text.length() - 1);
    return (first == '-' || isDigit(first)) && isDigit(last);
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  private static void collect(
      JsonNode root, JsonNode schema, int depth, Map<String, Shape> shapes) {
    if (schema == null || !schema.isObject() || depth > MAXIMUM_DEPTH) {
      return;
    }
    collect(root, referred(root, schema), depth + 1, shapes);
    for (String keyword : List.of("allOf", "anyOf", "oneOf")) {
      JsonNode parts = schema.get(keyword);
      if (parts != null && parts.isArray()) {
        for (JsonNode part : parts) {
          collect(root, part, depth + 1, shapes);
        }
      }
    }
    JsonNode properties = schema.get("properties");
    if (properties != null && properties.isObject()) {
      for (Map.Entry<String, JsonNode> property : properties.properties()) {
        shapes.put(property.getKey(), shape(root, property.getValue(), depth + 1));
      }
    }
  }

  private static Shape shape(JsonNode root, JsonNode schema, int depth) {
    Set<Type> types = EnumSet.noneOf(Type.class);
    addTypes(root, schema, depth, types);
    if (types.isEmpty()) {
      return TEXT;
    }
    if (!types.contains(Type.ARRAY) || depth > MAXIMUM_DEPTH) {
      return new Shape(types, List.of(), null);
    }
    JsonNode array = referred(root, schema) == null ? schema : referred(root, schema);
    List<Shape> prefix = new ArrayList<>();
    JsonNode prefixItems = array.get("prefixItems");
    if (prefixItems != null && prefixItems.isArray()) {
      for (JsonNode item : prefixItems) {
        prefix.add(shape(root, item, depth + 1));
      }
    }
    JsonNode items = array.get("items");
    return new Shape(types, prefix, items == null ? null : shape(root, items, depth + 1));
  }

  private static void addTypes(JsonNode root, JsonNode schema, int depth, Set<Type> types) {
    if (schema == null || !schema.isObject() || depth > MAXIMUM_DEPTH) {
      return;
    }
    JsonNode type = schema.get("type");
    if (type != null && type.isString()) {
      add(type.stringValue(), types);
      return;
    }
    if (type != null && type.isArray()) {
      for (JsonNode one : type) {
        add(one.asString(), types);
      }
      return;
    }
    JsonNode constant = schema.get("const");
    if (constant != null) {
      addTypeOf(constant, types);
      return;
    }
    JsonNode choices = schema.get("enum");
    if (choices != null && choices.isArray()) {
      for (JsonNode choice : choices) {
        addTypeOf(choice, types);
      }
      return;
    }
    addTypes(root, referred(root, schema), depth + 1, types);
    for (String keyword : List.of("allOf", "anyOf", "oneOf")) {
      JsonNode parts = schema.get(keyword);
      if (parts != null && parts.isArray()) {
        for (JsonNode part : parts) {
          addTypes(root, part, depth + 1, types);
        }
      }
    }
  }

  private static JsonNode referred(JsonNode root, JsonNode schema) {
    JsonNode reference = schema.get("$ref");
    if (reference == null || !reference.isString()) {
      return null;
    }
    return JsonPointers.ofLocalReference(reference.stringValue())
        .map(pointer -> JsonPointers.find(root, pointer))
        .orElse(null);
  }

  private static void add(String name, Set<Type> types) {
    switch (name) {
      case "integer", "number" -> types.add(Type.NUMBER);
      case "boolean" -> types.add(Type.BOOLEAN);
      case "null" -> types.add(Type.NULL);
      case "array" -> types.add(Type.ARRAY);
      default -> types.add(Type.STRING);
    }
  }

  private static void addTypeOf(JsonNode value, Set<Type> types) {
    if (value.isNumber()) {
      types.add(Type.NUMBER);
    } else if (value.isBoolean()) {
      types.add(Type.BOOLEAN);
    } else if (value.isNull()) {
      types.add(Type.NULL);
    } else if (value.isArray()) {
      types.add(Type.ARRAY);
    } else {
      types.add(Type.STRING);
    }
  }
}
