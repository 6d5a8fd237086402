package dev.millrace.engine.schema.proof;

import dev.millrace.engine.schema.CompiledSchema;
import dev.millrace.engine.schema.InvalidSchemaException;
import dev.millrace.engine.schema.SchemaView;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Says whether a place in a schema accepts a value; owned by one {@link Search}.
 *
 * <p>It judges the many small values of a proof without compiling every place. What it does not
 * know, which members are "unevaluated", it asks the validator. A property test holds it against
 * the validator, and what a proof returns was checked by the validator itself.
 */
final class Evaluator {
  private static final int DEEPEST = 200;
  private static final int FEW = 8;

  private final Budget budget;
  private final IdentityHashMap<JsonNode, Boolean> needsValidator = new IdentityHashMap<>();
  private final Map<SchemaView, CompiledSchema> compiled = new HashMap<>();
  private final IdentityHashMap<JsonNode, Set<Object>> scalars = new IdentityHashMap<>();
  private int depth;

  Evaluator(Budget budget) {
    this.budget = budget;
  }

  boolean accepts(SchemaView schema, JsonNode value) {
    budget.spend(1);
    JsonNode node = schema.node();
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    if (needsValidator.computeIfAbsent(
        schema.root(), root -> Views.mentions(root, "unevaluated"))) {
      return acceptedByValidator(schema, value);
    }
    if (depth >= DEEPEST) {
      throw new Budget.Spent();
    }
    depth++;
    try {
      JsonType type = JsonType.of(value);
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        if (!general(schema, member.getKey(), member.getValue(), type, value)
            || !typed(schema, member.getKey(), member.getValue(), type, value)) {
          return false;
        }
      }
      return true;
    } finally {
      depth--;
    }
  }

  private boolean acceptedByValidator(SchemaView schema, JsonNode value) {
    budget.spend(50);
    CompiledSchema validator =
        compiled.computeIfAbsent(
            schema,
            view -> {
              try {
                budget.spend(500);
                return CompiledSchema.compile(view.standalone());
              } catch (InvalidSchemaException refused) {
                throw new Budget.Spent();
              }
            });
    return validator.accepts(value);
  }

  private boolean general(
      SchemaView schema, String keyword, JsonNode expected, JsonType type, JsonNode value) {
    return switch (keyword) {
      case "type" ->
          type.isNamedIn(expected)
              || (type.isNamedAsInteger(expected)
                  && JsonValues.isMultiple(value.decimalValue(), java.math.BigDecimal.ONE));
      case "enum" -> isListed(expected, value);
      case "const" -> JsonValues.equal(expected, value);
      case "$ref" -> accepts(Views.referenced(schema), value);
      case "allOf" -> count(Views.children(schema, keyword), value) == expected.size();
      case "anyOf" -> count(Views.children(schema, keyword), value) > 0;
      case "oneOf" -> count(Views.children(schema, keyword), value) == 1;
      case "not" -> !accepts(Views.child(schema, keyword), value);
      case "if" ->
          accepts(
              Views.child(schema, accepts(Views.child(schema, "if"), value) ? "then" : "else"),
              value);
      default -> true;
    };
  }

  private boolean isListed(JsonNode list, JsonNode value) {
    Object key = JsonValues.scalarKey(value);
    if (key != null && list.size() > FEW) {
      return scalars.computeIfAbsent(list, Evaluator::scalarsOf).contains(key);
    }
    for (JsonNode each : list) {
      budget.spend(1);
      if (JsonValues.equal(each, value)) {
        return true;
      }
    }
    return false;
  }

  private static Set<Object> scalarsOf(JsonNode list) {
    Set<Object> keys = new HashSet<>();
    for (JsonNode each : list) {
      Object key = JsonValues.scalarKey(each);
      if (key != null) {
        keys.add(key);
      }
    }
    return keys;
  }

  private int count(List<SchemaView> schemas, JsonNode value) {
    int count = 0;
    for (SchemaView schema : schemas) {
      count += accepts(schema, value) ? 1 : 0;
    }
    return count;
  }

  private boolean typed(
      SchemaView schema, String keyword, JsonNode expected, JsonType type, JsonNode value) {
    return switch (type) {
      case NUMBER -> number(keyword, expected, value);
      case STRING -> string(keyword, expected, value.asString());
      case ARRAY -> array(schema, keyword, expected, value);
      case OBJECT -> object(schema, keyword, expected, value);
      case NULL, BOOLEAN -> true;
    };
  }

  private static boolean number(String keyword, JsonNode expected, JsonNode value) {
    return switch (keyword) {
      case "minimum" -> value.decimalValue().compareTo(expected.decimalValue()) >= 0;
      case "exclusiveMinimum" -> value.decimalValue().compareTo(expected.decimalValue()) > 0;
      case "maximum" -> value.decimalValue().compareTo(expected.decimalValue()) <= 0;
      case "exclusiveMaximum" -> value.decimalValue().compareTo(expected.decimalValue()) < 0;
      case "multipleOf" -> JsonValues.isMultiple(value.decimalValue(), expected.decimalValue());
      default -> true;
    };
  }

  private static boolean string(String keyword, JsonNode expected, String value) {
    return switch (keyword) {
      case "minLength" -> value.codePointCount(0, value.length()) >= Denial.count(expected);
      case "maxLength" -> value.codePointCount(0, value.length()) <= Denial.count(expected);
      case "pattern" -> PatternLanguage.of(expected.asString()).matches(value);
      case "format" -> FormatLanguages.accepts(expected.asString(), value);
      default -> true;
    };
  }

  private boolean array(SchemaView schema, String keyword, JsonNode expected, JsonNode value) {
    return switch (keyword) {
      case "minItems" -> value.size() >= Denial.count(expected);
      case "maxItems" -> value.size() <= Denial.count(expected);
      case "uniqueItems" -> !expected.booleanValue() || isUnique(value);
      case "prefixItems" -> {
        List<SchemaView> items = Views.children(schema, keyword);
        for (int i = 0; i < Math.min(items.size(), value.size()); i++) {
          if (!accepts(items.get(i), value.get(i))) {
            yield false;
          }
        }
        yield true;
      }
      case "items" -> {
        SchemaView rest = Views.child(schema, keyword);
        JsonNode prefix = schema.node().get("prefixItems");
        for (int i = prefix == null ? 0 : prefix.size(); i < value.size(); i++) {
          if (!accepts(rest, value.get(i))) {
            yield false;
          }
        }
        yield true;
      }
      case "contains" -> {
        SchemaView contained = Views.child(schema, keyword);
        int count = 0;
        for (JsonNode item : value) {
          count += accepts(contained, item) ? 1 : 0;
        }
        JsonNode most = schema.node().get("maxContains");
        yield count >= Denial.leastContained(schema)
            && (most == null || count <= Denial.count(most));
      }
      default -> true;
    };
  }

  private boolean isUnique(JsonNode array) {
    for (int i = 0; i < array.size(); i++) {
      for (int j = 0; j < i; j++) {
        budget.spend(1);
        if (JsonValues.equal(array.get(i), array.get(j))) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean object(SchemaView schema, String keyword, JsonNode expected, JsonNode value) {
    return switch (keyword) {
      case "minProperties" -> value.size() >= Denial.count(expected);
      case "maxProperties" -> value.size() <= Denial.count(expected);
      case "required" -> hasAll(value, expected);
      case "properties", "patternProperties", "additionalProperties" ->
          members(schema, keyword, value);
      case "propertyNames" -> names(Views.child(schema, keyword), value);
      case "dependentRequired" -> {
        for (Map.Entry<String, JsonNode> each : expected.properties()) {
          if (value.has(each.getKey()) && !hasAll(value, each.getValue())) {
            yield false;
          }
        }
        yield true;
      }
      case "dependentSchemas" -> {
        for (Map.Entry<String, JsonNode> each : expected.properties()) {
          if (value.has(each.getKey()) && !accepts(schema.at(each.getValue()), value)) {
            yield false;
          }
        }
        yield true;
      }
      default -> true;
    };
  }

  private boolean names(SchemaView schema, JsonNode value) {
    for (String name : value.propertyNames()) {
      if (!accepts(schema, StringNode.valueOf(name))) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasAll(JsonNode value, JsonNode names) {
    for (JsonNode name : names) {
      if (!value.has(name.asString())) {
        return false;
      }
    }
    return true;
  }

  private boolean members(SchemaView schema, String keyword, JsonNode value) {
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      for (SchemaView each : MemberSchemas.by(schema, keyword, member.getKey())) {
        if (!accepts(each, member.getValue())) {
          return false;
        }
      }
    }
    return true;
  }
}
