package dev.millrace.engine.schema.proof;

import dev.millrace.engine.schema.SchemaView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Which schemas of an object schema apply to a member of a given name; stateless. */
final class MemberSchemas {
  private static final List<String> KEYWORDS =
      List.of("properties", "patternProperties", "additionalProperties");

  private MemberSchemas() {}

  /** All that apply. */
  static List<SchemaView> all(SchemaView owner, String name) {
    List<SchemaView> schemas = new ArrayList<>();
    for (String keyword : KEYWORDS) {
      schemas.addAll(by(owner, keyword, name));
    }
    return schemas;
  }

  /** Those that apply because of one of the three keywords. */
  static List<SchemaView> by(SchemaView owner, String keyword, String name) {
    JsonNode node = owner.node();
    JsonNode value = node.get(keyword);
    if (value == null) {
      return List.of();
    }
    return switch (keyword) {
      case "properties" -> value.has(name) ? List.of(owner.at(value.get(name))) : List.of();
      case "patternProperties" -> {
        List<SchemaView> matching = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : value.properties()) {
          if (PatternLanguage.of(each.getKey()).matches(name)) {
            matching.add(owner.at(each.getValue()));
          }
        }
        yield matching;
      }
      default -> isDeclared(owner, name) ? List.of() : List.of(owner.at(value));
    };
  }

  /** Whether properties or patternProperties speak of the name. */
  static boolean isDeclared(SchemaView owner, String name) {
    JsonNode properties = owner.node().get("properties");
    if (properties != null && properties.has(name)) {
      return true;
    }
    for (String pattern : patternsOf(owner)) {
      if (PatternLanguage.of(pattern).matches(name)) {
        return true;
      }
    }
    return false;
  }

  static List<String> patternsOf(SchemaView owner) {
    JsonNode patterns = owner.node().get("patternProperties");
    return patterns == null ? List.of() : List.copyOf(patterns.propertyNames());
  }

  static List<String> namesOf(SchemaView owner) {
    JsonNode properties = owner.node().get("properties");
    return properties == null ? List.of() : List.copyOf(properties.propertyNames());
  }
}
