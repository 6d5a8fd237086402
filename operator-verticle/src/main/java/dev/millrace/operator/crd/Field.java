package dev.millrace.operator.crd;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;

/**
 * One field of an object.
 *
 * @param required whether the object is refused without it
 * @param schema what it may hold, with its description
 */
record Field(String name, boolean required, JSONSchemaProps schema) {
  static Field required(String name, JSONSchemaProps schema) {
    return new Field(name, true, schema);
  }

  static Field optional(String name, JSONSchemaProps schema) {
    return new Field(name, false, schema);
  }
}
