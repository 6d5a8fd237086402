package dev.millrace.engine.schema.proof;

import dev.millrace.engine.schema.SchemaView;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The ways in which a value of one type can fail a schema: one for each thing that the schema asks;
 * lives for that moment.
 */
final class Denial {
  private final JsonType type;
  private final SchemaView schema;
  private final List<Branch> ways = new ArrayList<>();
  private boolean surelyFails;

  Denial(JsonType type, SchemaView schema) {
    this.type = type;
    this.schema = schema;
  }

  /** A number of things, which a schema may also write as 2.0. */
  static int count(JsonNode value) {
    return value.isIntegralNumber() ? value.intValue() : (int) value.doubleValue();
  }

  static int leastContained(SchemaView schema) {
    JsonNode least = schema.node().get("minContains");
    return least == null ? 1 : count(least);
  }

  /** The ways, none if there is none; null where every value of the type fails anyway. */
  List<Branch> ways() {
    for (Map.Entry<String, JsonNode> member : schema.node().properties()) {
      general(member.getKey(), member.getValue());
      switch (type) {
        case NUMBER -> number(member.getKey(), member.getValue());
        case STRING -> string(member.getKey(), member.getValue());
        case ARRAY -> array(member.getKey(), member.getValue());
        case OBJECT -> object(member.getKey(), member.getValue());
        case NULL, BOOLEAN -> {
          // These types have no keywords of their own.
        }
      }
      if (surelyFails) {
        return null;
      }
    }
    return ways;
  }

  private void general(String keyword, JsonNode value) {
    switch (keyword) {
      case "type" -> {
        if (type.isNamedIn(value)) {
          return;
        }
        if (type.isNamedAsInteger(value)) {
          ways.add(Branch.of(new Atom.NotMultiple(BigDecimal.ONE)));
        } else {
          surelyFails = true;
        }
      }
      case "enum" -> differsFrom(value);
      case "const" -> differsFrom(List.of(value));
      case "$ref" -> ways.add(Branch.failing(List.of(Views.referenced(schema))));
      case "allOf" ->
          Views.children(schema, "allOf").forEach(each -> ways.add(Branch.failing(List.of(each))));
      case "anyOf" -> ways.add(Branch.failing(Views.children(schema, "anyOf")));
      case "oneOf" -> notExactlyOne(Views.children(schema, "oneOf"));
      case "not" -> ways.add(Branch.meeting(Views.child(schema, "not")));
      case "if" -> condition();
      default -> {
        // Keywords of one type follow; others say nothing about validity.
      }
    }
  }

  private void differsFrom(Iterable<JsonNode> values) {
    List<Atom> all = new ArrayList<>();
    for (JsonNode value : values) {
      if (JsonType.of(value) == type) {
        all.add(new Atom.Differs(value));
      }
    }
    if (all.isEmpty()) {
      surelyFails = true;
    } else {
      ways.add(new Branch(List.of(), List.of(), all));
    }
  }

  private void notExactlyOne(List<SchemaView> branches) {
    ways.add(Branch.failing(branches));
    for (int i = 0; i < branches.size(); i++) {
      for (int j = i + 1; j < branches.size(); j++) {
        ways.add(Branch.meeting(branches.get(i), branches.get(j)));
      }
    }
  }

  private void condition() {
    SchemaView condition = Views.child(schema, "if");
    if (schema.node().has("then")) {
      ways.add(new Branch(List.of(condition), List.of(Views.child(schema, "then")), List.of()));
    }
    if (schema.node().has("else")) {
      ways.add(Branch.failing(List.of(condition, Views.child(schema, "else"))));
    }
  }

  private void number(String keyword, JsonNode value) {
    switch (keyword) {
      case "minimum" -> ways.add(Branch.of(new Atom.AtMost(value.decimalValue(), true)));
      case "exclusiveMinimum" -> ways.add(Branch.of(new Atom.AtMost(value.decimalValue(), false)));
      case "maximum" -> ways.add(Branch.of(new Atom.AtLeast(value.decimalValue(), true)));
      case "exclusiveMaximum" -> ways.add(Branch.of(new Atom.AtLeast(value.decimalValue(), false)));
      case "multipleOf" -> ways.add(Branch.of(new Atom.NotMultiple(value.decimalValue())));
      default -> {
        // Not about numbers.
      }
    }
  }

  private void string(String keyword, JsonNode value) {
    switch (keyword) {
      case "minLength" -> fewerThan(count(value));
      case "maxLength" -> ways.add(Branch.of(new Atom.SizeAtLeast(count(value) + 1)));
      case "pattern" -> ways.add(Branch.of(new Atom.NotMatches(value.asString())));
      case "format" -> {
        if (FormatLanguages.isAsserted(value.asString())) {
          ways.add(Branch.of(new Atom.NotFormat(value.asString())));
        }
      }
      default -> {
        // Not about strings.
      }
    }
  }

  private void fewerThan(int size) {
    if (size > 0) {
      ways.add(Branch.of(new Atom.SizeAtMost(size - 1)));
    }
  }

  private void array(String keyword, JsonNode value) {
    switch (keyword) {
      case "minItems" -> fewerThan(count(value));
      case "maxItems" -> ways.add(Branch.of(new Atom.SizeAtLeast(count(value) + 1)));
      case "uniqueItems" -> {
        if (value.booleanValue()) {
          ways.add(Branch.of(new Atom.Repeats()));
        }
      }
      case "prefixItems" -> {
        List<SchemaView> items = Views.children(schema, keyword);
        for (int i = 0; i < items.size(); i++) {
          ways.add(Branch.of(new Atom.SomeItemFails(i, i + 1, items.get(i))));
        }
      }
      case "items" -> {
        int from = Views.children(schema, "prefixItems").size();
        SchemaView rest = Views.child(schema, keyword);
        ways.add(Branch.of(new Atom.SomeItemFails(from, Integer.MAX_VALUE, rest)));
      }
      case "contains" -> {
        SchemaView contained = Views.child(schema, keyword);
        int least = leastContained(schema);
        if (least > 0) {
          ways.add(Branch.of(new Atom.CountAtMost(least - 1, contained)));
        }
        if (schema.node().has("maxContains")) {
          int most = count(schema.node().get("maxContains"));
          ways.add(Branch.of(new Atom.CountAtLeast(most + 1, contained)));
        }
      }
      case "unevaluatedItems" -> {
        // Which items are evaluated is not modelled: the search guesses, the validator judges.
        SchemaView rest = Views.child(schema, keyword);
        int from = Views.children(schema, "prefixItems").size();
        ways.add(Branch.of(new Atom.SomeItemFails(from, Integer.MAX_VALUE, rest)));
        ways.add(Branch.of());
      }
      default -> {
        // Not about arrays.
      }
    }
  }

  private void object(String keyword, JsonNode value) {
    switch (keyword) {
      case "minProperties" -> fewerThan(count(value));
      case "maxProperties" -> ways.add(Branch.of(new Atom.SizeAtLeast(count(value) + 1)));
      case "required" ->
          value.forEach(name -> ways.add(Branch.of(new Atom.Lacks(name.asString()))));
      case "properties" ->
          value
              .properties()
              .forEach(
                  each -> {
                    SchemaView member = schema.at(each.getValue());
                    if (!Views.isTrue(member)) {
                      ways.add(Branch.of(new Atom.MemberFails(each.getKey(), member)));
                    }
                  });
      case "patternProperties" ->
          value
              .properties()
              .forEach(
                  each ->
                      ways.add(
                          Branch.of(
                              new Atom.PatternMemberFails(
                                  each.getKey(), schema.at(each.getValue())))));
      case "additionalProperties" -> {
        SchemaView others = Views.child(schema, keyword);
        if (!Views.isTrue(others)) {
          ways.add(Branch.of(new Atom.OtherMemberFails(schema, others)));
        }
      }
      case "propertyNames" ->
          ways.add(Branch.of(new Atom.SomeNameFails(Views.child(schema, keyword))));
      case "dependentRequired" ->
          value
              .properties()
              .forEach(
                  each ->
                      each.getValue()
                          .forEach(
                              other ->
                                  ways.add(
                                      Branch.of(
                                          new Atom.Has(each.getKey()),
                                          new Atom.Lacks(other.asString())))));
      case "dependentSchemas" ->
          value
              .properties()
              .forEach(
                  each ->
                      ways.add(
                          new Branch(
                              List.of(),
                              List.of(schema.at(each.getValue())),
                              List.of(new Atom.Has(each.getKey())))));
      case "unevaluatedProperties" -> {
        // Which members are evaluated is not modelled: the search guesses, the validator judges.
        ways.add(Branch.of(new Atom.OtherMemberFails(schema, Views.child(schema, keyword))));
        ways.add(Branch.of());
      }
      default -> {
        // Not about objects.
      }
    }
  }
}
