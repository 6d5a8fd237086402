package dev.millrace.engine.definition;

import dev.millrace.engine.json.JsonPointers;
import dev.millrace.engine.problem.ProblemCode;
import dev.millrace.engine.text.NearestName;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * One object of a definition with the fields that it may have; made by the readers of each kind,
 * used on their thread.
 *
 * <p>Whatever is wrong becomes a problem, and the caller gets the default and goes on. A field that
 * is null counts as absent, as in Kubernetes.
 */
final class Fields {
  /** Fields that have their place in the contract but do not work yet. */
  private static final Set<String> LATER =
      Set.of("when", "forEach", "workflowRef", "compensate", "cache", "hedge", "auth");

  private static final int MAX_QUOTED = 60;

  private final JsonNode object;
  private final String pointer;
  private final Problems problems;

  /** Takes an object, and reports every member that is not known. */
  Fields(JsonNode object, String pointer, Problems problems, List<String> known) {
    this.object = object;
    this.pointer = pointer;
    this.problems = problems;
    for (String name : object.propertyNames()) {
      if (!known.contains(name)) {
        unknown(name, known);
      }
    }
  }

  private void unknown(String name, List<String> known) {
    boolean later = LATER.contains(name);
    problems.errorAtKey(
        ProblemCode.UnknownField,
        child(name),
        later ? "`" + name + "` is not supported yet" : "There is no field " + quoted(name),
        later ? "Leave it out." : instead(name, known));
  }

  /** What to write in place of an unknown field. */
  private static String instead(String name, List<String> known) {
    return name.equals("true") && known.contains("on")
        ? "YAML 1.1, which kubectl reads, takes an unquoted `on` for true: write \"on\" in quotes."
        : NearestName.suggestion(name, known);
  }

  String pointer() {
    return pointer;
  }

  /** The JSON Pointer of a field. */
  String child(String name) {
    return JsonPointers.child(pointer, name);
  }

  /** The value of a field; null where it is absent or null. */
  JsonNode get(String name) {
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }

  /** The value of a field that may be JSON null; null where it is absent. */
  JsonNode getOrNull(String name) {
    return object.get(name);
  }

  /** Whether the field is there; a problem where it is not. */
  boolean require(String name, String what) {
    if (get(name) != null) {
      return true;
    }
    error(name, "`" + name + "` is missing", "Give " + what + ".");
    return false;
  }

  /** A string, or null where there is none. */
  String text(String name, int maxLength) {
    JsonNode value = get(name);
    if (value == null) {
      return null;
    }
    if (!value.isString()) {
      wrongType(name, value, "a string");
      return null;
    }
    String text = value.stringValue();
    if (text.length() > maxLength) {
      error(name, "`" + name + "` is longer than " + maxLength + " characters", "Shorten it.");
      return null;
    }
    return text;
  }

  /** An integer within bounds, or null where there is none. */
  Integer integer(String name, int min, int max) {
    JsonNode value = get(name);
    if (value == null) {
      return null;
    }
    BigDecimal number = value.isNumber() ? value.decimalValue() : null;
    if (number == null) {
      wrongType(name, value, "an integer");
      return null;
    }
    if (number.stripTrailingZeros().scale() > 0) {
      error(name, "`" + name + "` must be an integer, not " + shown(value), null);
      return null;
    }
    boolean inBounds =
        number.compareTo(BigDecimal.valueOf(min)) >= 0
            && number.compareTo(BigDecimal.valueOf(max)) <= 0;
    if (!inBounds) {
      outOfBounds(name, Integer.toString(min), Integer.toString(max));
      return null;
    }
    return number.intValue();
  }

  /** A number within bounds, or null where there is none. */
  Double number(String name, double min, double max) {
    JsonNode value = get(name);
    if (value == null) {
      return null;
    }
    if (!value.isNumber()) {
      wrongType(name, value, "a number");
      return null;
    }
    double number = value.decimalValue().doubleValue();
    if (number < min || number > max) {
      outOfBounds(name, Double.toString(min), Double.toString(max));
      return null;
    }
    return number;
  }

  /** True or false, or null where there is none. */
  Boolean bool(String name) {
    JsonNode value = get(name);
    if (value == null || value.isBoolean()) {
      return value == null ? null : value.booleanValue();
    }
    error(
        name,
        "`" + name + "` must be true or false, not " + kind(value),
        value.isString() ? "Write true or false, without quotes; yes and no are texts." : null);
    return null;
  }

  /** A duration, or null where there is none. */
  Duration duration(String name) {
    JsonNode value = get(name);
    if (value == null) {
      return null;
    }
    Duration duration = value.isString() ? Durations.parse(value.stringValue()) : null;
    if (duration == null) {
      problems.error(
          ProblemCode.InvalidDuration,
          child(name),
          "`" + name + "` is not a duration: " + shown(value),
          Durations.GRAMMAR);
    }
    return duration;
  }

  /** One of a few names, or null where there is none. */
  <T> T oneOf(String name, Map<String, T> values) {
    JsonNode value = get(name);
    if (value == null) {
      return null;
    }
    if (!value.isString()) {
      wrongType(name, value, "one of " + String.join(", ", values.keySet()));
      return null;
    }
    T found = values.get(value.stringValue());
    if (found == null) {
      error(
          name,
          "`" + name + "` cannot be " + quoted(value.stringValue()),
          NearestName.suggestion(value.stringValue(), values.keySet()));
    }
    return found;
  }

  /** An object with known fields, or null where there is none. */
  Fields object(String name, List<String> known) {
    JsonNode value = anyObject(name);
    return value == null ? null : new Fields(value, child(name), problems, known);
  }

  /** An object with any members, or null where there is none. */
  JsonNode anyObject(String name) {
    JsonNode value = get(name);
    if (value == null || value.isObject()) {
      return value;
    }
    wrongType(name, value, "an object");
    return null;
  }

  /** An object with any members, or one template in its place; null where there is none. */
  JsonNode objectOrTemplate(String name) {
    JsonNode value = get(name);
    boolean template =
        value != null && value.isString() && value.stringValue().strip().startsWith("{{");
    return template ? value : anyObject(name);
  }

  /** The members of an object of at most so many; empty where there is none. */
  Collection<Map.Entry<String, JsonNode>> members(String name, int max) {
    JsonNode value = anyObject(name);
    if (value == null) {
      return List.of();
    }
    if (value.size() > max) {
      error(name, "`" + name + "` has more than " + max + " members", null);
      return List.of();
    }
    return value.properties();
  }

  /** An array of at most so many elements, cut where it has more; null where there is none. */
  List<JsonNode> array(String name, int max) {
    JsonNode value = get(name);
    if (value == null) {
      return null;
    }
    if (!value.isArray()) {
      wrongType(name, value, "an array");
      return null;
    }
    if (value.size() > max) {
      error(
          name,
          "`" + name + "` has " + value.size() + " elements; at most " + max + " are allowed",
          null);
    }
    List<JsonNode> elements = new ArrayList<>();
    for (int i = 0; i < Math.min(max, value.size()); i++) {
      elements.add(value.get(i));
    }
    return elements;
  }

  /** Adds a problem with a field. */
  void error(String name, String message, String suggestion) {
    problems.error(ProblemCode.InvalidResource, child(name), message, suggestion);
  }

  private void wrongType(String name, JsonNode value, String expected) {
    error(name, "`" + name + "` must be " + expected + ", not " + kind(value), null);
  }

  private void outOfBounds(String name, String min, String max) {
    error(name, "`" + name + "` is out of bounds", "Give a value from " + min + " to " + max + ".");
  }

  /** What a value is, for messages. */
  static String kind(JsonNode value) {
    if (value.isString()) {
      return "a string";
    }
    if (value.isNumber()) {
      return "a number";
    }
    if (value.isBoolean()) {
      return value.booleanValue() ? "true" : "false";
    }
    return value.isNull() ? "null" : value.isArray() ? "an array" : "an object";
  }

  /** A text in backquotes, cut where it is long. */
  static String quoted(String text) {
    return text.length() <= MAX_QUOTED
        ? "`" + text + "`"
        : "`" + text.substring(0, text.offsetByCodePoints(0, MAX_QUOTED / 2)) + "...`";
  }

  /** A scalar as it is, anything else by its kind. */
  static String shown(JsonNode value) {
    return value.isString()
        ? quoted(value.stringValue())
        : value.isNumber() ? quoted(value.asString()) : kind(value);
  }
}
