package dev.millrace.engine.schema;

import dev.millrace.engine.text.NearestName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The keywords of JSON Schema 2020-12 that Millrace knows and what each one's value looks like; a
 * constant table that every walk over schemas uses, so that all walks agree.
 */
final class Keyword {

  /** What a keyword's value looks like. */
  enum Shape {
    SCHEMA("a schema, that is an object or a boolean"),
    SCHEMAS("a non-empty array of schemas"),
    NAMED_SCHEMAS("an object of schemas"),
    PATTERN_SCHEMAS("an object of schemas, whose names are regular expressions"),
    REFERENCE("a reference such as \"#/$defs/name\""),
    TYPE("a type name or an array of different type names"),
    NUMBER("a number"),
    POSITIVE_NUMBER("a number greater than 0"),
    COUNT("a whole number, 0 or more"),
    PATTERN("a regular expression in a string"),
    FORMAT("the name of a format"),
    STRING("a string"),
    BOOLEAN("true or false"),
    NAMES("an array of different strings"),
    NAMED_NAMES("an object of arrays of different strings"),
    VALUES("a non-empty array"),
    LIST("an array"),
    ANY("any value"),
    DIALECT("\"https://json-schema.org/draft/2020-12/schema\""),
    IDENTIFIER("a URI"),
    UNSUPPORTED("nothing: it is not supported"),
    UNKNOWN("nothing: it is unknown");

    private final String expected;

    Shape(String expected) {
      this.expected = expected;
    }

    /** What a value of this shape is, for messages. */
    String expected() {
      return expected;
    }
  }

  /** The seven type names. */
  static final List<String> TYPES =
      List.of("null", "boolean", "object", "array", "number", "integer", "string");

  private static final Map<String, Shape> SHAPES = shapes();

  /** Words of older drafts and of OpenAPI, and what to write instead. */
  private static final Map<String, String> REPLACEMENTS = replacements();

  private Keyword() {}

  static Shape shapeOf(String keyword) {
    Shape shape = SHAPES.get(keyword);
    if (shape != null) {
      return shape;
    }
    // A typing mistake in one of our own words must not show what it was meant to hide.
    boolean others = keyword.startsWith("x-") && !keyword.startsWith("x-millrace-");
    return others ? Shape.ANY : Shape.UNKNOWN;
  }

  /** What to write instead of a keyword that is not one. */
  static String suggestionFor(String keyword) {
    String replacement = REPLACEMENTS.get(keyword);
    return replacement != null ? replacement : NearestName.didYouMean(keyword, SHAPES.keySet());
  }

  private static Map<String, String> replacements() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("nullable", "write \"type\": [..., \"null\"]");
    words.put("example", "write \"examples\": [...]");
    words.put("id", "leave it out; a schema is addressed by its place");
    words.put("dependencies", "write \"dependentRequired\" or \"dependentSchemas\"");
    words.put("additionalItems", "write \"prefixItems\" for the first items, \"items\" for others");
    words.put("discriminator", "give each branch of oneOf a property with a \"const\"");
    words.put("divisibleBy", "write \"multipleOf\"");
    words.put("extends", "write \"allOf\"");
    words.put("$anchor", "refer to the place as \"#/$defs/name\"");
    words.put("$dynamicAnchor", "refer to the place as \"#/$defs/name\"");
    words.put("$dynamicRef", "write \"$ref\"");
    words.put("$recursiveRef", "write \"$ref\"");
    words.put("$recursiveAnchor", "refer to the place as \"#/$defs/name\"");
    words.put("$vocabulary", "leave it out");
    return words;
  }

  private static Map<String, Shape> shapes() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    put(shapes, Shape.SCHEMA, "additionalProperties", "propertyNames", "items", "contains", "not");
    put(shapes, Shape.SCHEMA, "if", "then", "else", "unevaluatedItems", "unevaluatedProperties");
    put(shapes, Shape.SCHEMA, "contentSchema");
    put(shapes, Shape.SCHEMAS, "allOf", "anyOf", "oneOf", "prefixItems");
    put(shapes, Shape.NAMED_SCHEMAS, "properties", "dependentSchemas", "$defs", "definitions");
    put(shapes, Shape.PATTERN_SCHEMAS, "patternProperties");
    put(shapes, Shape.REFERENCE, "$ref");
    put(shapes, Shape.TYPE, "type");
    put(shapes, Shape.NUMBER, "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum");
    put(shapes, Shape.POSITIVE_NUMBER, "multipleOf");
    put(shapes, Shape.COUNT, "minLength", "maxLength", "minItems", "maxItems", "minProperties");
    put(shapes, Shape.COUNT, "maxProperties", "minContains", "maxContains");
    put(shapes, Shape.PATTERN, "pattern");
    put(shapes, Shape.FORMAT, "format");
    put(shapes, Shape.STRING, "title", "description", "$comment", "contentEncoding");
    put(shapes, Shape.STRING, "contentMediaType");
    put(shapes, Shape.BOOLEAN, "uniqueItems", "deprecated", "readOnly", "writeOnly");
    put(shapes, Shape.BOOLEAN, "x-millrace-sensitive");
    put(shapes, Shape.NAMES, "required");
    put(shapes, Shape.NAMED_NAMES, "dependentRequired");
    put(shapes, Shape.VALUES, "enum");
    put(shapes, Shape.LIST, "examples");
    put(shapes, Shape.ANY, "const", "default");
    put(shapes, Shape.DIALECT, "$schema");
    put(shapes, Shape.IDENTIFIER, "$id");
    put(shapes, Shape.UNSUPPORTED, "$anchor", "$dynamicAnchor", "$dynamicRef", "$vocabulary");
    put(shapes, Shape.UNSUPPORTED, "$recursiveRef", "$recursiveAnchor");
    return shapes;
  }

  private static void put(Map<String, Shape> shapes, Shape shape, String... keywords) {
    for (String keyword : keywords) {
      shapes.put(keyword, shape);
    }
  }
}
