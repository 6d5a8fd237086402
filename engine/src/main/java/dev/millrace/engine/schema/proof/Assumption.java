package dev.millrace.engine.schema.proof;

import dev.millrace.engine.schema.SchemaView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Takes apart a schema that the value meets: plain facts and choices go into the state; lives for
 * that moment.
 */
final class Assumption {
  private final TypedState state;
  private final SchemaView schema;
  private final Budget budget;

  Assumption(TypedState state, SchemaView schema, Budget budget) {
    this.state = state;
    this.schema = schema;
    this.budget = budget;
  }

  void apply() {
    for (Map.Entry<String, JsonNode> member : schema.node().properties()) {
      if (state.isContradictory()) {
        return;
      }
      budget.spend(1);
      general(member.getKey(), member.getValue());
      switch (state.type) {
        case NUMBER -> number(member.getKey(), member.getValue());
        case STRING -> string(member.getKey(), member.getValue());
        case ARRAY -> array(member.getKey(), member.getValue());
        case OBJECT -> object(member.getKey(), member.getValue());
        case NULL, BOOLEAN -> {
          // These types have no keywords of their own.
        }
      }
    }
    shapes();
  }

  private void shapes() {
    JsonNode node = schema.node();
    if (state.type == JsonType.ARRAY && (node.has("items") || node.has("prefixItems"))) {
      state.atoms.add(new Atom.Items(schema));
    }
    if (state.type == JsonType.OBJECT
        && (node.has("properties")
            || node.has("patternProperties")
            || node.has("additionalProperties"))) {
      state.atoms.add(new Atom.Members(schema));
    }
  }

  private void general(String keyword, JsonNode value) {
    switch (keyword) {
      case "type" -> type(value);
      case "enum" -> {
        List<JsonNode> values = new ArrayList<>();
        value.forEach(values::add);
        state.atoms.add(new Atom.OneOf(values));
      }
      case "const" -> state.atoms.add(new Atom.OneOf(List.of(value)));
      case "$ref" -> state.meet(Views.referenced(schema), budget);
      case "allOf" -> Views.children(schema, "allOf").forEach(each -> state.meet(each, budget));
      case "anyOf" -> {
        List<Branch> ways = new ArrayList<>();
        Views.children(schema, "anyOf").forEach(each -> ways.add(Branch.meeting(each)));
        choose(ways);
      }
      case "oneOf" -> exactlyOne(Views.children(schema, "oneOf"));
      case "not" -> state.fail(Views.child(schema, "not"), budget);
      case "if" -> {
        if (!schema.node().has("then") && !schema.node().has("else")) {
          return;
        }
        SchemaView condition = Views.child(schema, "if");
        Branch holds = Branch.meeting(condition, Views.child(schema, "then"));
        Branch fails =
            new Branch(List.of(Views.child(schema, "else")), List.of(condition), List.of());
        choose(List.of(holds, fails));
      }
      default -> {
        // Keywords of one type follow; others say nothing about validity.
      }
    }
  }

  private void type(JsonNode value) {
    if (state.type.isNamedIn(value)) {
      return;
    }
    if (state.type.isNamedAsInteger(value)) {
      state.atoms.add(new Atom.Multiple(java.math.BigDecimal.ONE));
    } else {
      state.contradict();
    }
  }

  private void exactlyOne(List<SchemaView> branches) {
    List<Branch> ways = new ArrayList<>();
    for (SchemaView chosen : branches) {
      List<SchemaView> others = new ArrayList<>(branches);
      others.remove(ways.size());
      ways.add(new Branch(List.of(chosen), others, List.of()));
    }
    choose(ways);
  }

  private void choose(List<Branch> ways) {
    if (ways.size() == 1) {
      state.add(ways.get(0), budget);
    } else {
      state.choices.add(ways);
    }
  }

  private void number(String keyword, JsonNode value) {
    switch (keyword) {
      case "minimum" -> state.atoms.add(new Atom.AtLeast(value.decimalValue(), false));
      case "exclusiveMinimum" -> state.atoms.add(new Atom.AtLeast(value.decimalValue(), true));
      case "maximum" -> state.atoms.add(new Atom.AtMost(value.decimalValue(), false));
      case "exclusiveMaximum" -> state.atoms.add(new Atom.AtMost(value.decimalValue(), true));
      case "multipleOf" -> state.atoms.add(new Atom.Multiple(value.decimalValue()));
      default -> {
        // Not about numbers.
      }
    }
  }

  private void string(String keyword, JsonNode value) {
    switch (keyword) {
      case "minLength" -> state.atoms.add(new Atom.SizeAtLeast(Denial.count(value)));
      case "maxLength" -> state.atoms.add(new Atom.SizeAtMost(Denial.count(value)));
      case "pattern" -> state.atoms.add(new Atom.Matches(value.asString()));
      case "format" -> {
        if (FormatLanguages.isAsserted(value.asString())) {
          state.atoms.add(new Atom.HasFormat(value.asString()));
        }
      }
      default -> {
        // Not about strings.
      }
    }
  }

  private void array(String keyword, JsonNode value) {
    switch (keyword) {
      case "minItems" -> state.atoms.add(new Atom.SizeAtLeast(Denial.count(value)));
      case "maxItems" -> state.atoms.add(new Atom.SizeAtMost(Denial.count(value)));
      case "uniqueItems" -> {
        if (value.booleanValue()) {
          state.atoms.add(new Atom.Unique());
        }
      }
      case "contains" -> {
        SchemaView contained = Views.child(schema, "contains");
        int least = Denial.leastContained(schema);
        if (least > 0) {
          state.atoms.add(new Atom.CountAtLeast(least, contained));
        }
        if (schema.node().has("maxContains")) {
          int most = Denial.count(schema.node().get("maxContains"));
          state.atoms.add(new Atom.CountAtMost(most, contained));
        }
      }
      default -> {
        // Not about arrays.
      }
    }
  }

  private void object(String keyword, JsonNode value) {
    switch (keyword) {
      case "minProperties" -> state.atoms.add(new Atom.SizeAtLeast(Denial.count(value)));
      case "maxProperties" -> state.atoms.add(new Atom.SizeAtMost(Denial.count(value)));
      case "required" -> value.forEach(name -> state.atoms.add(new Atom.Has(name.asString())));
      case "propertyNames" -> state.atoms.add(new Atom.Names(Views.child(schema, keyword)));
      case "dependentRequired" ->
          value
              .properties()
              .forEach(
                  each ->
                      each.getValue()
                          .forEach(
                              other ->
                                  state.atoms.add(
                                      new Atom.Needs(each.getKey(), other.asString()))));
      case "dependentSchemas" ->
          value
              .properties()
              .forEach(
                  each ->
                      state.choices.add(
                          List.of(
                              Branch.of(new Atom.Lacks(each.getKey())),
                              Branch.meeting(schema.at(each.getValue())))));
      default -> {
        // Not about objects.
      }
    }
  }
}
