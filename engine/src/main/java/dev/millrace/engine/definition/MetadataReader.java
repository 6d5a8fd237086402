package dev.millrace.engine.definition;

import dev.millrace.engine.json.JsonPointers;
import dev.millrace.engine.problem.ProblemCode;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads what Kubernetes calls object metadata; stateless, usable on any thread. */
final class MetadataReader {
  private static final int MAX_LABELS = 1_000;
  private static final List<String> FIELDS =
      List.of(
          "name",
          "namespace",
          "labels",
          "annotations",
          "generateName",
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "finalizers",
          "ownerReferences",
          "managedFields",
          "selfLink",
          "clusterName");

  private MetadataReader() {}

  static void read(JsonNode metadata, Problems problems) {
    Fields fields = new Fields(metadata, "/metadata", problems, FIELDS);
    if (fields.require("name", "a name")) {
      String name = fields.text("name", Integer.MAX_VALUE);
      if (name != null && !Names.isSubdomain(name)) {
        fields.error(
            "name",
            Fields.quoted(name) + " cannot be the name of a resource",
            "Names are at most 253 lower-case letters, digits, `-` and `.`; each part between"
                + " dots starts and ends with a letter or digit.");
      }
    }
    String namespace = fields.text("namespace", Integer.MAX_VALUE);
    if (namespace != null && !Names.isLabel(namespace)) {
      fields.error(
          "namespace",
          Fields.quoted(namespace) + " cannot be the name of a namespace",
          "Names are at most 63 lower-case letters, digits and `-`; they start and end with a"
              + " letter or digit.");
    }
    strings(fields, "labels", problems);
    strings(fields, "annotations", problems);
  }

  /** The text of a metadata field for naming the resource; null where it cannot name one. */
  static String text(JsonNode metadata, String name) {
    JsonNode value = metadata == null ? null : metadata.get(name);
    return value == null || !value.isString() || value.stringValue().isEmpty()
        ? null
        : value.stringValue();
  }

  private static void strings(Fields fields, String name, Problems problems) {
    for (Map.Entry<String, JsonNode> entry : fields.members(name, MAX_LABELS)) {
      if (!entry.getValue().isString()) {
        problems.error(
            ProblemCode.InvalidResource,
            JsonPointers.child(fields.child(name), entry.getKey()),
            "The values of " + name + " must be strings, not " + Fields.kind(entry.getValue()),
            "Put it in quotes.");
      }
    }
  }
}
