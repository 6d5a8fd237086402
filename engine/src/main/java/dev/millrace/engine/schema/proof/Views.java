package dev.millrace.engine.schema.proof;

import dev.millrace.engine.json.JsonPointers;
import dev.millrace.engine.schema.SchemaView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;

/** Small questions about places in schemas; stateless. */
final class Views {
  private Views() {}

  /** The place of a keyword's schema; {@code true} where the keyword is absent. */
  static SchemaView child(SchemaView owner, String keyword) {
    JsonNode node = owner.node().get(keyword);
    return owner.at(node == null ? BooleanNode.TRUE : node);
  }

  /** The places of a keyword's list of schemas. */
  static List<SchemaView> children(SchemaView owner, String keyword) {
    List<SchemaView> views = new ArrayList<>();
    JsonNode list = owner.node().get(keyword);
    if (list != null) {
      for (JsonNode each : list) {
        views.add(owner.at(each));
      }
    }
    return views;
  }

  /** The place that {@code $ref} names; {@code true} where it names none. */
  static SchemaView referenced(SchemaView owner) {
    JsonNode target =
        JsonPointers.ofLocalReference(owner.node().get("$ref").asString())
            .map(pointer -> JsonPointers.find(owner.root(), pointer))
            .orElse(null);
    return owner.at(target == null ? BooleanNode.TRUE : target);
  }

  static boolean isTrue(SchemaView view) {
    return view.node().isBoolean() ? view.node().booleanValue() : view.node().isEmpty();
  }

  static boolean isFalse(SchemaView view) {
    return view.node().isBoolean() && !view.node().booleanValue();
  }

  /** Whether two places surely accept the same values. */
  @SuppressWarnings("ReferenceEquality") // the quick way out before a deep comparison
  static boolean same(SchemaView left, SchemaView right) {
    if (left.node() == right.node() && left.root() == right.root()) {
      return true;
    }
    if (left.node().size() != right.node().size() || !left.node().equals(right.node())) {
      return false;
    }
    return left.root() == right.root() || !refers(left.node()) || left.root().equals(right.root());
  }

  private static boolean refers(JsonNode node) {
    if (node.isArray()) {
      for (JsonNode each : node) {
        if (refers(each)) {
          return true;
        }
      }
      return false;
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      if (member.getKey().equals("$ref") || refers(member.getValue())) {
        return true;
      }
    }
    return false;
  }

  /** Whether a keyword occurs anywhere in a document. */
  static boolean mentions(JsonNode node, String prefix) {
    if (node.isArray()) {
      for (JsonNode each : node) {
        if (mentions(each, prefix)) {
          return true;
        }
      }
      return false;
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      if (member.getKey().startsWith(prefix) || mentions(member.getValue(), prefix)) {
        return true;
      }
    }
    return false;
  }
}
