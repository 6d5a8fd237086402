package dev.millrace.engine.schema.proof;

import dev.millrace.engine.schema.SchemaView;
import java.math.BigDecimal;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * One plain fact that a value of one type must meet; what is left of schemas when all choices are
 * made; an immutable value.
 */
sealed interface Atom {

  /** The value is one of these. */
  record OneOf(List<JsonNode> values) implements Atom {}

  /** The value is not this one. */
  record Differs(JsonNode value) implements Atom {}

  // numbers

  /** The number is the bound or beyond it. */
  record AtLeast(BigDecimal bound, boolean exclusive) implements Atom {}

  /** The number is the bound or below it. */
  record AtMost(BigDecimal bound, boolean exclusive) implements Atom {}

  record Multiple(BigDecimal unit) implements Atom {}

  record NotMultiple(BigDecimal unit) implements Atom {}

  // sizes: code points of strings, items of arrays, members of objects

  record SizeAtLeast(int size) implements Atom {}

  record SizeAtMost(int size) implements Atom {}

  // strings

  record Matches(String pattern) implements Atom {}

  record NotMatches(String pattern) implements Atom {}

  record HasFormat(String format) implements Atom {}

  record NotFormat(String format) implements Atom {}

  // arrays

  /** The items meet {@code prefixItems} and {@code items} of this schema. */
  record Items(SchemaView owner) implements Atom {}

  record Unique() implements Atom {}

  /** Two items are equal. */
  record Repeats() implements Atom {}

  /** Some item from {@code from} on, and before {@code to}, is invalid. */
  record SomeItemFails(int from, int to, SchemaView schema) implements Atom {}

  /** This item is there and meets some schemas, and fails others. */
  record ItemAt(int index, List<SchemaView> meets, List<SchemaView> fails) implements Atom {}

  record CountAtLeast(int count, SchemaView schema) implements Atom {}

  record CountAtMost(int count, SchemaView schema) implements Atom {}

  // objects

  /** The members meet properties, patternProperties and additionalProperties of this schema. */
  record Members(SchemaView owner) implements Atom {}

  record Has(String name) implements Atom {}

  record Lacks(String name) implements Atom {}

  record Names(SchemaView schema) implements Atom {}

  /** Where the first name is there, the other one is too. */
  record Needs(String name, String other) implements Atom {}

  /** The member is there and invalid. */
  record MemberFails(String name, SchemaView schema) implements Atom {}

  /** Some member whose name matches is invalid. */
  record PatternMemberFails(String pattern, SchemaView schema) implements Atom {}

  /** Some member that the owner declares nowhere is invalid under the owner's schema for others. */
  record OtherMemberFails(SchemaView owner, SchemaView schema) implements Atom {}

  record SomeNameFails(SchemaView schema) implements Atom {}
}
