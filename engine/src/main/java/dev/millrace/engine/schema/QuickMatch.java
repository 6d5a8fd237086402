package dev.millrace.engine.schema;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * Says of most valid values at once that they match their schema; made by {@link
 * QuickMatchCompiler}, owned by a {@link CompiledSchema}, immutable and used by all threads.
 *
 * <p>Its yes is final, its no is not: whatever it does not accept is for networknt to judge, which
 * also finds the errors. It knows the everyday keywords only, and none that applies a second schema
 * to the same value, so that it looks at each value once.
 */
final class QuickMatch {
  /** The types of JSON, as a set of bits. */
  static final int NULL = 1;

  static final int BOOLEAN = 1 << 1;
  static final int STRING = 1 << 2;
  static final int INTEGER = 1 << 3;

  /** Every number, an integer too. */
  static final int NUMBER = 1 << 4;

  static final int ARRAY = 1 << 5;
  static final int OBJECT = 1 << 6;
  static final int ALL = (1 << 7) - 1;

  static final QuickMatch ANYTHING = new QuickMatch(ALL, null, null, null, null, null);

  /** Leaves every value to networknt. */
  static final QuickMatch NOTHING = new QuickMatch(0, null, null, null, null, null);

  private final int types;
  private final Set<JsonNode> values;
  private final Text text;
  private final List<NumberBound> bounds;
  private final Items items;
  private final Members members;

  /**
   * Takes what limits the values of each type; null where nothing does.
   *
   * @param types those that are accepted at all, as bits
   * @param values all values there are
   */
  QuickMatch(
      int types,
      Set<JsonNode> values,
      Text text,
      List<NumberBound> bounds,
      Items items,
      Members members) {
    this.types = types;
    this.values = values;
    this.text = text;
    this.bounds = bounds;
    this.items = items;
    this.members = members;
  }

  /** Whether the value certainly matches. */
  boolean accepts(JsonNode value) {
    boolean matches =
        switch (value.getNodeType()) {
          case STRING -> allows(STRING) && (text == null || text.accepts(value.stringValue()));
          case OBJECT -> allows(OBJECT) && (members == null || members.accept(value));
          case NUMBER -> allowsNumber(value) && (bounds == null || withinBounds(value));
          case ARRAY -> allows(ARRAY) && (items == null || items.accept(value));
          case BOOLEAN -> allows(BOOLEAN);
          case NULL -> allows(NULL);
          case BINARY, MISSING, POJO -> false;
        };
    return matches && (values == null || values.contains(value));
  }

  private boolean allows(int type) {
    return (types & type) != 0;
  }

  private boolean allowsNumber(JsonNode number) {
    // A decimal such as 1.0 is an integer, too; such rare ones are networknt's.
    return allows(NUMBER) || (allows(INTEGER) && number.isIntegralNumber());
  }

  private boolean withinBounds(JsonNode number) {
    for (int i = 0; i < bounds.size(); i++) {
      if (!bounds.get(i).holdsFor(number)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Limits of strings.
   *
   * @param minLength in characters (code points), as {@code maxLength}
   * @param tests of the pattern and the format
   */
  record Text(int minLength, int maxLength, List<Predicate<String>> tests) {
    boolean accepts(String text) {
      int length = text.codePointCount(0, text.length());
      if (length < minLength || length > maxLength) {
        return false;
      }
      for (int i = 0; i < tests.size(); i++) {
        if (!tests.get(i).test(text)) {
          return false;
        }
      }
      return true;
    }
  }

  /** Limits of arrays. */
  record Items(int min, int max, QuickMatch each) {
    boolean accept(JsonNode array) {
      int size = array.size();
      if (size < min || size > max) {
        return false;
      }
      if (each != ANYTHING) {
        for (int i = 0; i < size; i++) {
          if (!each.accepts(array.get(i))) {
            return false;
          }
        }
      }
      return true;
    }
  }

  /**
   * A member that the schema names.
   *
   * @param declared whether it stands in {@code properties}; otherwise it is only required
   */
  record Member(String name, boolean required, boolean declared, QuickMatch match) {}

  /** Limits of objects. */
  record Members(
      int min, int max, List<Member> named, Set<String> declared, QuickMatch additional) {
    boolean accept(JsonNode object) {
      int size = object.size();
      if (size < min || size > max) {
        return false;
      }
      int known = 0;
      for (int i = 0; i < named.size(); i++) {
        Member member = named.get(i);
        JsonNode value = object.get(member.name());
        if (value == null) {
          if (member.required()) {
            return false;
          }
        } else {
          if (member.match() != ANYTHING && !member.match().accepts(value)) {
            return false;
          }
          known += member.declared() ? 1 : 0;
        }
      }
      return known == size || additional == ANYTHING || additionalAccepted(object);
    }

    private boolean additionalAccepted(JsonNode object) {
      if (additional == NOTHING) {
        return false;
      }
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        if (!declared.contains(member.getKey()) && !additional.accepts(member.getValue())) {
          return false;
        }
      }
      return true;
    }
  }
}
