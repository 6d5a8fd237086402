package dev.millrace.operator.cluster;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A resource as its author wrote it: what the API server keeps beside that is left out. Stateless,
 * usable on any thread.
 */
public final class ResourceDocument {
  private static final List<String> METADATA =
      List.of("name", "namespace", "labels", "annotations");

  private ResourceDocument() {}

  /** The document of an object of the cluster; what is no object stays as it is. */
  public static JsonNode of(JsonNode object) {
    if (!object.isObject()) {
      return object;
    }
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    object
        .properties()
        .forEach(
            member -> {
              if (member.getKey().equals("metadata")) {
                document.set("metadata", metadata(member.getValue()));
              } else if (!member.getKey().equals("status")) {
                document.set(member.getKey(), member.getValue());
              }
            });
    return document;
  }

  private static JsonNode metadata(JsonNode given) {
    if (!given.isObject()) {
      return given;
    }
    ObjectNode metadata = JsonNodeFactory.instance.objectNode();
    for (String field : METADATA) {
      JsonNode value = given.get(field);
      if (value != null && !value.isNull()) {
        metadata.set(field, value);
      }
    }
    if (metadata.get("annotations") instanceof ObjectNode annotations
        && annotations.has(Annotations.LAST_APPLIED)) {
      ObjectNode kept = annotations.deepCopy();
      kept.remove(Annotations.LAST_APPLIED);
      metadata.set("annotations", kept);
    }
    return metadata;
  }
}
