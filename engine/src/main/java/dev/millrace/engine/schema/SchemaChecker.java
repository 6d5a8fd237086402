package dev.millrace.engine.schema;

import dev.millrace.engine.json.JsonPointers;
import dev.millrace.engine.schema.pattern.EcmaPattern;
import dev.millrace.engine.schema.pattern.PatternSyntaxProblem;
import dev.millrace.engine.text.NearestName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Walks a schema once and collects everything that is wrong with it; lives for one {@link
 * CompiledSchema#compile} on the caller's thread.
 *
 * <p>It says where and how to mend, which a validation against the meta-schema cannot, and it
 * refuses what would let a schema take for ever: depth, size, endless references, huge numbers and
 * patterns outside RE2.
 */
final class SchemaChecker {
  static final int DEEPEST = 64;
  static final int MOST_NODES = 10_000;
  private static final int MOST_DIGITS = 400;
  private static final int MOST_PROBLEMS = 100;
  private static final Set<String> DIALECTS =
      Set.of(
          "https://json-schema.org/draft/2020-12/schema",
          "https://json-schema.org/draft/2020-12/schema#");
  private static final Map<String, String> TYPE_ALIASES =
      Map.of(
          "int", "integer", "long", "integer", "float", "number", "double", "number", "decimal",
          "number", "bool", "boolean", "str", "string", "list", "array", "map", "object", "text",
          "string");

  private final JsonNode root;
  private final List<SchemaProblem> problems = new ArrayList<>();
  private final Set<String> schemaPlaces = new HashSet<>();
  private final Map<String, String> references = new LinkedHashMap<>();

  /** For each schema's pointer the pointers of schemas that judge the very same value. */
  private final Map<String, List<String>> sameValue = new LinkedHashMap<>();

  private int nodes;
  private boolean tooLarge;

  SchemaChecker(JsonNode root) {
    this.root = root;
  }

  List<SchemaProblem> check() {
    schema(root, "", 0);
    if (!tooLarge) {
      checkReferences();
      if (problems.isEmpty()) {
        new ReferenceCycles(sameValue).firstEndless().ifPresent(this::endless);
      }
    }
    return problems;
  }

  private void endless(List<String> cycle) {
    String place = cycle.get(0);
    problem(
        place,
        cycle.size() == 1 && !isSelfReference(place)
            ? "the references from here form a chain that is too long"
            : "the references lead back here without ever stepping into the value",
        "let the reference stand under properties or items");
  }

  private boolean isSelfReference(String place) {
    return sameValue.getOrDefault(place, List.of()).contains(place);
  }

  private void schema(JsonNode schema, String path, int depth) {
    if (tooDeepOrLarge(path, depth)) {
      return;
    }
    schemaPlaces.add(path);
    if (schema.isBoolean()) {
      return;
    }
    if (!schema.isObject()) {
      problem(path, "expected " + Keyword.Shape.SCHEMA.expected(), null);
      return;
    }
    for (Map.Entry<String, JsonNode> member : schema.properties()) {
      keyword(member.getKey(), member.getValue(), path, depth);
    }
    unsatisfiedPairs(schema, path);
  }

  private boolean tooDeepOrLarge(String path, int depth) {
    if (tooLarge) {
      return true;
    }
    if (depth > DEEPEST) {
      problem(path, "the schema is nested more than " + DEEPEST + " deep", null);
      tooLarge = true;
    } else if (++nodes > MOST_NODES) {
      problem(path, "the schema has more than " + MOST_NODES + " parts", null);
      tooLarge = true;
    }
    return tooLarge;
  }

  private void keyword(String keyword, JsonNode value, String parent, int depth) {
    String path = JsonPointers.child(parent, keyword);
    Keyword.Shape shape = Keyword.shapeOf(keyword);
    switch (shape) {
      case SCHEMA -> {
        if (value.isObject() || value.isBoolean()) {
          if (SameValue.isApplied(keyword)) {
            judgesToo(parent, path);
          }
          schema(value, path, depth + 1);
        } else {
          unexpected(path, shape, value);
        }
      }
      case SCHEMAS -> schemas(keyword, value, parent, path, depth);
      case NAMED_SCHEMAS, PATTERN_SCHEMAS -> namedSchemas(keyword, value, parent, path, depth);
      case REFERENCE -> reference(value, parent, path);
      case TYPE -> type(value, path);
      case PATTERN -> {
        if (value.isString()) {
          pattern(value.stringValue(), path);
        } else {
          unexpected(path, shape, value);
        }
      }
      case FORMAT -> format(value, path);
      case DIALECT -> {
        if (!value.isString() || !DIALECTS.contains(value.stringValue())) {
          problem(path, "only JSON Schema 2020-12 is supported", "write " + shape.expected());
        }
      }
      case IDENTIFIER -> {
        if (!parent.isEmpty()) {
          problem(path, "$id is supported only at the root of a schema", "leave it out");
        }
      }
      case UNSUPPORTED ->
          problem(path, keyword + " is not supported", Keyword.suggestionFor(keyword));
      case UNKNOWN ->
          problem(path, "unknown keyword \"" + keyword + "\"", unknownKeywordHint(keyword));
      default -> {
        if (!PlainShapes.fits(shape, value)) {
          unexpected(path, shape, value);
        }
        values(value, path, depth + 1);
      }
    }
  }

  private static String unknownKeywordHint(String keyword) {
    String suggestion = Keyword.suggestionFor(keyword);
    if (suggestion != null) {
      return suggestion;
    }
    return keyword.startsWith("x-") ? null : "own keywords begin with \"x-\"";
  }

  private void schemas(String keyword, JsonNode value, String parent, String path, int depth) {
    if (!value.isArray() || value.isEmpty()) {
      unexpected(path, Keyword.Shape.SCHEMAS, value);
      return;
    }
    for (int i = 0; i < value.size(); i++) {
      String place = JsonPointers.child(path, i);
      if (SameValue.isApplied(keyword)) {
        judgesToo(parent, place);
      }
      schema(value.get(i), place, depth + 1);
    }
  }

  private void namedSchemas(String keyword, JsonNode value, String parent, String path, int depth) {
    Keyword.Shape shape = Keyword.shapeOf(keyword);
    if (!value.isObject()) {
      unexpected(path, shape, value);
      return;
    }
    for (Map.Entry<String, JsonNode> each : value.properties()) {
      String place = JsonPointers.child(path, each.getKey());
      if (shape == Keyword.Shape.PATTERN_SCHEMAS) {
        pattern(each.getKey(), place);
      }
      if (SameValue.isApplied(keyword)) {
        judgesToo(parent, place);
      }
      schema(each.getValue(), place, depth + 1);
    }
  }

  private void reference(JsonNode value, String parent, String path) {
    if (!value.isString()) {
      unexpected(path, Keyword.Shape.REFERENCE, value);
      return;
    }
    String text = value.stringValue();
    if (!text.startsWith("#")) {
      problem(
          path,
          "a reference may not leave the schema; nothing is ever fetched",
          "copy the other schema into $defs and refer to \"#/$defs/name\"");
      return;
    }
    String target = JsonPointers.ofLocalReference(text).orElse(null);
    if (target == null) {
      problem(path, "only references by JSON Pointer are supported", "write \"#/$defs/name\"");
      return;
    }
    references.put(path, target);
    judgesToo(parent, target);
  }

  private void checkReferences() {
    references.forEach(
        (path, target) -> {
          if (!schemaPlaces.contains(target)) {
            String what =
                JsonPointers.find(root, target) == null
                    ? "there is nothing at \"#" + target + "\""
                    : "there is no schema at \"#" + target + "\"";
            String nearest = NearestName.of(target, schemaPlaces);
            problem(path, what, nearest == null ? null : "did you mean \"#" + nearest + "\"?");
          }
        });
  }

  private void type(JsonNode value, String path) {
    if (value.isString()) {
      typeName(value.stringValue(), path);
      return;
    }
    if (!value.isArray() || value.isEmpty()) {
      unexpected(path, Keyword.Shape.TYPE, value);
      return;
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < value.size(); i++) {
      String place = JsonPointers.child(path, i);
      if (!value.get(i).isString()) {
        unexpected(place, Keyword.Shape.TYPE, value.get(i));
      } else if (!seen.add(value.get(i).stringValue())) {
        problem(place, "the type is named twice", null);
      } else {
        typeName(value.get(i).stringValue(), place);
      }
    }
  }

  private void typeName(String name, String path) {
    if (!Keyword.TYPES.contains(name)) {
      String alias = TYPE_ALIASES.get(name);
      String hint =
          alias != null
              ? "did you mean \"" + alias + "\"?"
              : NearestName.didYouMean(name, Keyword.TYPES);
      problem(
          path,
          "unknown type \"" + name + "\"",
          hint != null ? hint : "use one of " + String.join(", ", Keyword.TYPES));
    }
  }

  private void pattern(String text, String path) {
    try {
      EcmaPattern.parse(text);
    } catch (PatternSyntaxProblem refused) {
      problem(path, refused.getMessage(), null);
    }
  }

  private void format(JsonNode value, String path) {
    if (!value.isString()) {
      unexpected(path, Keyword.Shape.FORMAT, value);
      return;
    }
    String name = value.stringValue();
    if (!SchemaFormats.ASSERTED.contains(name)
        && !SchemaFormats.DESCRIPTIVE.contains(name)
        && !name.startsWith("x-")) {
      String hint = NearestName.didYouMean(name, SchemaFormats.ASSERTED);
      problem(
          path,
          "unknown format \"" + name + "\"",
          hint != null ? hint : "own formats begin with \"x-\"; a pattern can be checked");
    }
  }

  /** The size and the numbers of values inside a schema, such as those of an enum. */
  private void values(JsonNode value, String path, int depth) {
    if (tooDeepOrLarge(path, depth)) {
      return;
    }
    if (value.isNumber() && !isModest(value)) {
      problem(path, "a number in a schema may have at most " + MOST_DIGITS + " digits", null);
    }
    if (value.isObject()) {
      value
          .properties()
          .forEach(
              each -> values(each.getValue(), JsonPointers.child(path, each.getKey()), depth + 1));
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        values(value.get(i), JsonPointers.child(path, i), depth + 1);
      }
    }
  }

  /** Whether a number can be written out in digits without harm. */
  private static boolean isModest(JsonNode number) {
    if (number.isBigInteger()) {
      return number.bigIntegerValue().bitLength() < MOST_DIGITS * 10 / 3;
    }
    if (number.isBigDecimal()) {
      BigDecimal value = number.decimalValue();
      return Math.abs((long) value.scale()) <= MOST_DIGITS && value.precision() <= MOST_DIGITS;
    }
    return !number.isFloatingPointNumber() || Double.isFinite(number.doubleValue());
  }

  private void unsatisfiedPairs(JsonNode schema, String path) {
    for (String lonely : List.of("then", "else")) {
      if (schema.has(lonely) && !schema.has("if")) {
        problem(JsonPointers.child(path, lonely), "\"" + lonely + "\" has no \"if\"", null);
      }
    }
    for (String lonely : List.of("minContains", "maxContains")) {
      if (schema.has(lonely) && !schema.has("contains")) {
        problem(JsonPointers.child(path, lonely), "\"" + lonely + "\" has no \"contains\"", null);
      }
    }
  }

  private void judgesToo(String parent, String place) {
    sameValue.computeIfAbsent(parent, key -> new ArrayList<>()).add(place);
  }

  private void unexpected(String path, Keyword.Shape shape, JsonNode value) {
    String hint = null;
    if (shape == Keyword.Shape.NUMBER && value.isBoolean()) {
      hint = "since 2019 an exclusive bound is the number itself";
    } else if (shape == Keyword.Shape.NAMES && value.isBoolean()) {
      hint = "\"required\" is a list of names beside \"properties\"";
    } else if (shape == Keyword.Shape.SCHEMA && value.isArray()) {
      hint = "a list of schemas is \"prefixItems\"";
    }
    problem(path, "expected " + shape.expected(), hint);
  }

  private void problem(String path, String message, String suggestion) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(new SchemaProblem(path, message, suggestion));
    }
  }
}
