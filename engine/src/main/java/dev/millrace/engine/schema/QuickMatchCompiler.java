package dev.millrace.engine.schema;

import dev.millrace.engine.json.Json;
import dev.millrace.engine.schema.QuickMatch.Items;
import dev.millrace.engine.schema.QuickMatch.Member;
import dev.millrace.engine.schema.QuickMatch.Members;
import dev.millrace.engine.schema.QuickMatch.Text;
import dev.millrace.engine.schema.pattern.EcmaPattern;
import dev.millrace.engine.schema.pattern.PatternSyntaxProblem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * Reads a schema into a {@link QuickMatch}; made for one schema that {@link SchemaChecker} found
 * nothing wrong with.
 *
 * <p>Where it meets a keyword that it does not know, or a reference that leads back to where it
 * stands, that place accepts {@linkplain QuickMatch#NOTHING nothing}.
 */
final class QuickMatchCompiler {
  private static final Map<String, Integer> TYPES =
      Map.of(
          "null", QuickMatch.NULL,
          "boolean", QuickMatch.BOOLEAN,
          "string", QuickMatch.STRING,
          "integer", QuickMatch.INTEGER,
          "number", QuickMatch.NUMBER,
          "array", QuickMatch.ARRAY,
          "object", QuickMatch.OBJECT);

  /** How deep values nest at most when they come from a text. */
  private static final int DEEPEST = Json.MAX_DEPTH;

  /** What each place became, nothing while it is still being read. */
  private final IdentityHashMap<JsonNode, QuickMatch> places = new IdentityHashMap<>();

  private int depth;

  private QuickMatchCompiler() {}

  static QuickMatch compile(JsonNode schema) {
    return new QuickMatchCompiler().read(SchemaView.of(schema));
  }

  private QuickMatch read(SchemaView schema) {
    JsonNode node = schema.node();
    if (node.isBoolean()) {
      return node.booleanValue() ? QuickMatch.ANYTHING : QuickMatch.NOTHING;
    }
    QuickMatch known = places.get(node);
    if (known != null) {
      return known;
    }
    if (depth > DEEPEST) {
      return QuickMatch.NOTHING;
    }
    places.put(node, QuickMatch.NOTHING);
    depth++;
    QuickMatch match = new Place(schema).match();
    depth--;
    places.put(node, match);
    return match;
  }

  /** One schema while its keywords are read. */
  private final class Place {
    private final SchemaView schema;
    private int types = QuickMatch.ALL;
    private Set<JsonNode> values;
    private boolean limited;
    private QuickMatch referenced;
    private boolean unknown;

    private int minLength;
    private int maxLength = Integer.MAX_VALUE;
    private final List<Predicate<String>> tests = new ArrayList<>();
    private final List<NumberBound> bounds = new ArrayList<>();
    private int minItems;
    private int maxItems = Integer.MAX_VALUE;
    private QuickMatch items = QuickMatch.ANYTHING;
    private int minMembers;
    private int maxMembers = Integer.MAX_VALUE;
    private final Map<String, QuickMatch> properties = new LinkedHashMap<>();
    private final Set<String> required = new HashSet<>();
    private QuickMatch additional = QuickMatch.ANYTHING;

    Place(SchemaView schema) {
      this.schema = schema;
    }

    QuickMatch match() {
      for (Map.Entry<String, JsonNode> member : schema.node().properties()) {
        keyword(member.getKey(), member.getValue());
      }
      if (unknown || (referenced != null && limited)) {
        // A reference beside other limits would be a second schema for the same value.
        return QuickMatch.NOTHING;
      }
      if (referenced != null) {
        return referenced;
      }
      return limited
          ? new QuickMatch(types, values, text(), bounds(), items(), members())
          : QuickMatch.ANYTHING;
    }

    private void keyword(String name, JsonNode value) {
      switch (name) {
        case "$ref" -> {
          SchemaView target = schema.referenced();
          referenced = target == null ? QuickMatch.NOTHING : read(target);
        }
        case "title", "description", "$comment", "default", "examples", "deprecated" -> {}
        case "readOnly", "writeOnly", "contentEncoding", "contentMediaType" -> {}
        case "contentSchema", "x-millrace-sensitive" -> {}
        case "$defs", "definitions", "$schema", "$id" -> {}
        default -> {
          if (Keyword.shapeOf(name) != Keyword.Shape.ANY || name.equals("const")) {
            limited = true;
            limit(name, value);
          }
        }
      }
    }

    private void limit(String name, JsonNode value) {
      switch (name) {
        case "type" -> types = types(value);
        case "enum" -> onlyValues(value.values());
        case "const" -> onlyValues(List.of(value));
        case "minLength" -> minLength = value.intValue();
        case "maxLength" -> maxLength = value.intValue();
        case "pattern" -> tests.add(pattern(value.stringValue()));
        case "format" -> format(value.stringValue());
        case "minimum" -> bounds.add(new NumberBound(ExactBound.MINIMUM, value));
        case "exclusiveMinimum" -> bounds.add(new NumberBound(ExactBound.EXCLUSIVE_MINIMUM, value));
        case "maximum" -> bounds.add(new NumberBound(ExactBound.MAXIMUM, value));
        case "exclusiveMaximum" -> bounds.add(new NumberBound(ExactBound.EXCLUSIVE_MAXIMUM, value));
        case "minItems" -> minItems = value.intValue();
        case "maxItems" -> maxItems = value.intValue();
        case "items" -> items = read(schema.at(value));
        case "minProperties" -> minMembers = value.intValue();
        case "maxProperties" -> maxMembers = value.intValue();
        case "properties" ->
            value
                .properties()
                .forEach(each -> properties.put(each.getKey(), read(schema.at(each.getValue()))));
        case "required" -> value.forEach(each -> required.add(each.stringValue()));
        case "additionalProperties" -> additional = read(schema.at(value));
        default -> unknown = true;
      }
    }

    private int types(JsonNode value) {
      if (value.isString()) {
        return TYPES.get(value.stringValue());
      }
      int union = 0;
      for (JsonNode each : value) {
        union |= TYPES.get(each.stringValue());
      }
      return union;
    }

    private void onlyValues(Iterable<JsonNode> allowed) {
      Set<JsonNode> these = new HashSet<>();
      allowed.forEach(these::add);
      if (values == null) {
        values = these;
      } else {
        values.retainAll(these);
      }
    }

    private Predicate<String> pattern(String source) {
      try {
        return EcmaPattern.parse(source)::matches;
      } catch (PatternSyntaxProblem refused) {
        unknown = true;
        return text -> false;
      }
    }

    private void format(String name) {
      if (!SchemaFormats.isAsserted(name)) {
        return;
      }
      Predicate<String> test = SchemaFormats.testOf(name);
      if (test == null) {
        unknown = true;
      } else {
        tests.add(test);
      }
    }

    private Text text() {
      boolean free = minLength == 0 && maxLength == Integer.MAX_VALUE && tests.isEmpty();
      return free ? null : new Text(minLength, maxLength, List.copyOf(tests));
    }

    private List<NumberBound> bounds() {
      return bounds.isEmpty() ? null : List.copyOf(bounds);
    }

    private Items items() {
      boolean free = minItems == 0 && maxItems == Integer.MAX_VALUE && items == QuickMatch.ANYTHING;
      return free ? null : new Items(minItems, maxItems, items);
    }

    private Members members() {
      List<Member> named = new ArrayList<>();
      properties.forEach(
          (name, match) -> named.add(new Member(name, required.contains(name), true, match)));
      for (String name : required) {
        if (!properties.containsKey(name)) {
          named.add(new Member(name, true, false, QuickMatch.ANYTHING));
        }
      }
      boolean free =
          named.isEmpty()
              && minMembers == 0
              && maxMembers == Integer.MAX_VALUE
              && additional == QuickMatch.ANYTHING;
      return free
          ? null
          : new Members(
              minMembers,
              maxMembers,
              List.copyOf(named),
              Set.copyOf(properties.keySet()),
              additional);
    }
  }
}
