package dev.millrace.engine.schema;

import dev.millrace.engine.schema.pattern.EcmaPattern;
import dev.millrace.engine.schema.pattern.PatternSyntaxProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What one part of a schema says about one member or one item, apart from the parts it is combined
 * with; made by {@link StepResolver} for one step.
 */
sealed interface PlaceRule {

  static PlaceRule of(PathStep step) {
    if (step instanceof PathStep.Name name) {
      return new Member(name.name());
    }
    if (step instanceof PathStep.Index index) {
      return new Item(index.index());
    }
    throw new IllegalStateException("unknown step " + step);
  }

  /** The type that has such places. */
  String type();

  /** What such places are called. */
  String noun();

  /** What the part says by its own keywords. */
  StepResolver.Outcome judge(JsonNode part);

  /** Adds the names that the part declares. */
  void names(JsonNode part, Set<String> names);

  /** Whether the place is surely there. */
  boolean isGuaranteed(Surroundings around);

  /** Whether the surroundings speak of this very place. */
  boolean isNamedBy(Surroundings around);

  String unknownReason();

  String neverReason();

  private static StepResolver.Outcome silent() {
    return new StepResolver.Outcome(StepResolver.Kind.SILENT, BooleanNode.TRUE, true, null);
  }

  private static StepResolver.Outcome declared(JsonNode schema) {
    return new StepResolver.Outcome(StepResolver.Kind.DECLARED, schema, true, null);
  }

  private static StepResolver.Outcome never(String reason) {
    return new StepResolver.Outcome(StepResolver.Kind.IMPOSSIBLE, BooleanNode.FALSE, true, reason);
  }

  private static boolean isFalse(JsonNode schema) {
    return schema.isBoolean() && !schema.booleanValue();
  }

  /** The places of the values that a part lists by const or enum, null where it lists none. */
  private static StepResolver.Outcome ofListedValues(JsonNode part, PlaceRule rule) {
    ArrayNode places = JsonNodeFactory.instance.arrayNode();
    boolean inAll = true;
    List<JsonNode> values = new ArrayList<>();
    if (part.has("const")) {
      values.add(part.get("const"));
    } else if (part.has("enum")) {
      part.get("enum").forEach(values::add);
    } else {
      return null;
    }
    for (JsonNode value : values) {
      JsonNode place =
          rule instanceof Member member
              ? value.get(member.name())
              : value.get(((Item) rule).index());
      if (place == null) {
        inAll = false;
      } else {
        places.add(place);
      }
    }
    if (places.isEmpty()) {
      return never(rule.neverReason());
    }
    JsonNode schema = JsonNodeFactory.instance.objectNode().set("enum", places);
    return new StepResolver.Outcome(StepResolver.Kind.DECLARED, schema, !inAll, null);
  }

  /** A member of an object. */
  record Member(String name) implements PlaceRule {
    @Override
    public String type() {
      return "object";
    }

    @Override
    public String noun() {
      return "properties";
    }

    @Override
    public StepResolver.Outcome judge(JsonNode part) {
      StepResolver.Outcome listed = ofListedValues(part, this);
      if (listed != null) {
        return listed;
      }
      List<JsonNode> found = new ArrayList<>();
      JsonNode properties = part.get("properties");
      if (properties != null && properties.has(name)) {
        found.add(properties.get(name));
      }
      JsonNode patterns = part.get("patternProperties");
      if (patterns != null) {
        for (Map.Entry<String, JsonNode> each : patterns.properties()) {
          if (matches(each.getKey())) {
            found.add(each.getValue());
          }
        }
      }
      if (!found.isEmpty()) {
        return all(found);
      }
      for (String others : List.of("additionalProperties", "unevaluatedProperties")) {
        JsonNode schema = part.get(others);
        if (schema != null && !(isFalse(schema) && others.startsWith("un"))) {
          return isFalse(schema) ? never(neverReason()) : declared(schema);
        }
      }
      if (properties == null && patterns == null && !part.has("unevaluatedProperties")) {
        return silent();
      }
      return new StepResolver.Outcome(
          StepResolver.Kind.UNDECLARED, BooleanNode.TRUE, true, unknownReason());
    }

    private StepResolver.Outcome all(List<JsonNode> found) {
      ArrayNode all = JsonNodeFactory.instance.arrayNode();
      for (JsonNode schema : found) {
        if (isFalse(schema)) {
          return never(neverReason());
        }
        all.add(schema);
      }
      return declared(
          all.size() == 1 ? all.get(0) : JsonNodeFactory.instance.objectNode().set("allOf", all));
    }

    private boolean matches(String pattern) {
      try {
        return EcmaPattern.parse(pattern).matches(name);
      } catch (PatternSyntaxProblem refused) {
        return false;
      }
    }

    @Override
    public void names(JsonNode part, Set<String> names) {
      if (part.has("properties")) {
        names.addAll(part.get("properties").propertyNames());
      }
      if (part.has("const")) {
        names.addAll(part.get("const").propertyNames());
      }
    }

    @Override
    public boolean isGuaranteed(Surroundings around) {
      return around.isOnly("object") && around.required().contains(name);
    }

    @Override
    public boolean isNamedBy(Surroundings around) {
      return around.required().contains(name);
    }

    @Override
    public String unknownReason() {
      return "the schema declares no property \"" + name + "\"";
    }

    @Override
    public String neverReason() {
      return "the schema allows no property \"" + name + "\"";
    }
  }

  /** An item of an array. */
  record Item(int index) implements PlaceRule {
    @Override
    public String type() {
      return "array";
    }

    @Override
    public String noun() {
      return "items";
    }

    @Override
    public StepResolver.Outcome judge(JsonNode part) {
      StepResolver.Outcome listed = ofListedValues(part, this);
      if (listed != null) {
        return listed;
      }
      if (part.has("maxItems") && part.get("maxItems").asLong(Long.MAX_VALUE) <= index) {
        return never(neverReason());
      }
      JsonNode first = part.get("prefixItems");
      JsonNode schema =
          first != null && index < first.size() ? first.get(index) : part.get("items");
      if (schema == null) {
        return silent();
      }
      return isFalse(schema) ? never(neverReason()) : declared(schema);
    }

    @Override
    public void names(JsonNode part, Set<String> names) {
      // Items have no names.
    }

    @Override
    public boolean isGuaranteed(Surroundings around) {
      return around.isOnly("array") && around.minItems() > index;
    }

    @Override
    public boolean isNamedBy(Surroundings around) {
      return false;
    }

    @Override
    public String unknownReason() {
      return "the schema declares no item " + index;
    }

    @Override
    public String neverReason() {
      return "the schema allows no item " + index;
    }
  }
}
