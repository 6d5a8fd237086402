package dev.millrace.engine.schema;

import com.networknt.schema.Error;
import tools.jackson.databind.JsonNode;

/**
 * Puts networknt's errors into our words; stateless, used on any thread.
 *
 * <p>Only the schema and the names of properties are ever quoted: an instance is private.
 */
final class ErrorMessages {
  private static final int LONGEST_QUOTE = 200;

  private ErrorMessages() {}

  static SchemaError of(Error error) {
    String path = error.getInstanceLocation().toString();
    String keyword = error.getKeyword() == null ? "false" : error.getKeyword();
    return new SchemaError(path, keyword, message(keyword, error));
  }

  private static String message(String keyword, Error error) {
    JsonNode expected = error.getSchemaNode();
    String quoted = expected == null ? "" : quote(expected);
    return switch (keyword) {
      case "type" -> "must be of type " + typeNames(expected);
      case "enum" -> "must be one of " + quoted;
      case "const" -> "must be " + quoted;
      case "minimum" -> "must be " + quoted + " or more";
      case "maximum" -> "must be " + quoted + " or less";
      case "exclusiveMinimum" -> "must be more than " + quoted;
      case "exclusiveMaximum" -> "must be less than " + quoted;
      case "multipleOf" -> "must be a multiple of " + quoted;
      case "minLength" -> "must have at least " + quoted + " characters";
      case "maxLength" -> "must have at most " + quoted + " characters";
      case "pattern" -> "must match the pattern " + quoted;
      case "format" -> "must have the format " + quoted;
      case "minItems" -> "must have at least " + quoted + " items";
      case "maxItems" -> "must have at most " + quoted + " items";
      case "uniqueItems" -> "must not have equal items";
      case "contains", "minContains" -> "has too few items that match \"contains\"";
      case "maxContains" -> "has too many items that match \"contains\"";
      case "minProperties" -> "must have at least " + quoted + " properties";
      case "maxProperties" -> "must have at most " + quoted + " properties";
      case "required" -> "lacks the required property \"" + error.getProperty() + "\"";
      case "dependentRequired" ->
          "has the property \"" + error.getArguments()[1] + "\" without those that go with it";
      case "additionalProperties" -> "has an undeclared property \"" + error.getProperty() + "\"";
      case "unevaluatedProperties" -> "has an undeclared property";
      case "unevaluatedItems" -> "has more items than are declared";
      case "propertyNames" -> "has a property whose name is not allowed";
      case "not" -> "must not match the schema of \"not\"";
      case "oneOf" -> "must match exactly one schema of \"oneOf\"";
      case "anyOf" -> "must match a schema of \"anyOf\"";
      case "items", "prefixItems" -> "has more items than are declared";
      default -> "is not allowed here";
    };
  }

  private static String typeNames(JsonNode type) {
    if (type == null || !type.isArray()) {
      return type == null ? "another kind" : type.asString();
    }
    StringBuilder names = new StringBuilder();
    for (JsonNode name : type) {
      names.append(names.isEmpty() ? "" : " or ").append(name.asString());
    }
    return names.toString();
  }

  private static String quote(JsonNode expected) {
    String text = expected.toString();
    return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
  }
}
