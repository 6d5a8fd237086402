package dev.millrace.operator.crd;

import dev.millrace.engine.problem.ResourceKind;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every field of a kind's spec, with its JSON Pointer; lists of objects by their first element. */
record SchemaWalk(String pointer, JSONSchemaProps schema, boolean required) {
  static List<SchemaWalk> of(ResourceKind kind) {
    JSONSchemaProps root =
        ResourceDefinitions.of(kind)
            .getSpec()
            .getVersions()
            .get(0)
            .getSchema()
            .getOpenAPIV3Schema();
    List<SchemaWalk> fields = new ArrayList<>();
    walk(new SchemaWalk("/spec", root.getProperties().get("spec"), true), fields);
    return fields;
  }

  private static void walk(SchemaWalk field, List<SchemaWalk> fields) {
    fields.add(field);
    JSONSchemaProps schema = field.schema();
    for (Map.Entry<String, JSONSchemaProps> child : schema.getProperties().entrySet()) {
      String pointer = field.pointer() + "/" + child.getKey();
      boolean required = schema.getRequired().contains(child.getKey());
      walk(new SchemaWalk(pointer, child.getValue(), required), fields);
    }
    JSONSchemaProps items = schema.getItems() == null ? null : schema.getItems().getSchema();
    if (items != null && "object".equals(items.getType())) {
      walk(new SchemaWalk(field.pointer() + "/0", items, true), fields);
    }
  }

  /** Whether this is an object with fields of its own. */
  boolean isObject() {
    return !schema.getProperties().isEmpty();
  }

  /** The key under which it stands in its parent. */
  String name() {
    return pointer.substring(pointer.lastIndexOf('/') + 1);
  }

  /** The pointer of its parent. */
  String parent() {
    return pointer.substring(0, pointer.lastIndexOf('/'));
  }

  @Override
  public String toString() {
    return pointer;
  }
}
