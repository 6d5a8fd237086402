package dev.millrace.engine.schema;

import dev.millrace.engine.json.JsonPointers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A place inside a schema document, whose {@code $ref}s resolve against the document's root; made
 * by whoever walks schemas, immutable as long as nobody writes to its nodes.
 *
 * @param root the whole document
 * @param node the schema at this place
 */
public record SchemaView(JsonNode root, JsonNode node) {
  public SchemaView {
    Objects.requireNonNull(root);
    Objects.requireNonNull(node);
  }

  /** The whole of a schema document. */
  public static SchemaView of(JsonNode schema) {
    return new SchemaView(schema, schema);
  }

  /** Another place of the same document. */
  public SchemaView at(JsonNode place) {
    return new SchemaView(root, place);
  }

  /** The place that this schema's {@code $ref} names, or null where it has none. */
  public SchemaView referenced() {
    JsonNode reference = node.get("$ref");
    if (reference == null || !reference.isString()) {
      return null;
    }
    JsonNode target =
        JsonPointers.ofLocalReference(reference.stringValue())
            .map(pointer -> JsonPointers.find(root, pointer))
            .orElse(null);
    return target == null ? null : at(target);
  }

  /**
   * An equal, self-contained schema document: what the place refers to is bundled into its {@code
   * $defs}.
   */
  @SuppressWarnings("ReferenceEquality") // the very same node, not an equal one elsewhere
  public JsonNode standalone() {
    if (root == node) {
      return node;
    }
    return new Bundle().bundle();
  }

  /** Copies one place and everything it refers to, renaming the references on the way. */
  private final class Bundle {
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Deque<String> waiting = new ArrayDeque<>();

    JsonNode bundle() {
      JsonNode body = copyOf(node);
      if (names.isEmpty()) {
        return body;
      }
      ObjectNode document = JsonNodeFactory.instance.objectNode();
      body.properties().forEach(member -> document.set(member.getKey(), member.getValue()));
      ObjectNode definitions = JsonNodeFactory.instance.objectNode();
      while (!waiting.isEmpty()) {
        String pointer = waiting.removeFirst();
        JsonNode target = JsonPointers.find(root, pointer);
        definitions.set(
            names.get(pointer),
            target == null ? JsonNodeFactory.instance.booleanNode(true) : copyOf(target));
      }
      document.set("$defs", definitions);
      return document;
    }

    private JsonNode copyOf(JsonNode schema) {
      if (!schema.isObject()) {
        return schema;
      }
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> member : schema.properties()) {
        String keyword = member.getKey();
        if (keyword.equals("$defs") || keyword.equals("definitions") || keyword.equals("$schema")) {
          continue;
        }
        copy.set(keyword, copyOfKeyword(keyword, member.getValue()));
      }
      return copy;
    }

    private JsonNode copyOfKeyword(String keyword, JsonNode value) {
      return switch (Keyword.shapeOf(keyword)) {
        case REFERENCE -> renamed(value);
        case SCHEMA -> copyOf(value);
        case SCHEMAS -> {
          ArrayNode list = JsonNodeFactory.instance.arrayNode();
          value.forEach(schema -> list.add(copyOf(schema)));
          yield list;
        }
        case NAMED_SCHEMAS, PATTERN_SCHEMAS -> {
          ObjectNode map = JsonNodeFactory.instance.objectNode();
          value.properties().forEach(each -> map.set(each.getKey(), copyOf(each.getValue())));
          yield map;
        }
        default -> value;
      };
    }

    private JsonNode renamed(JsonNode reference) {
      String pointer = JsonPointers.ofLocalReference(reference.asString()).orElse(null);
      if (pointer == null) {
        return reference;
      }
      String name = names.get(pointer);
      if (name == null) {
        name = freshName(pointer);
        names.put(pointer, name);
        waiting.add(pointer);
      }
      return StringNode.valueOf("#/$defs/" + name);
    }

    private String freshName(String pointer) {
      String last = pointer.substring(pointer.lastIndexOf('/') + 1);
      String base = last.replaceAll("[^A-Za-z0-9_-]", "_");
      String name = base.isEmpty() ? "root" : base;
      for (int i = 2; names.containsValue(name); i++) {
        name = base + i;
      }
      return name;
    }
  }
}
