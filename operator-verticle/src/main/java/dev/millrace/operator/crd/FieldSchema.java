package dev.millrace.operator.crd;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsOrArray;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsOrBool;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * What a field may hold, in the words of a structural schema; stateless, usable on any thread.
 *
 * <p>There are no defaults: the API server would write them into the stored spec, and its version
 * hash would differ from that of the same YAML in a directory. Descriptions name them instead.
 */
final class FieldSchema {
  /** A task's id, as the reader wants it. */
  static final String ID = "^[a-z]([a-z0-9-]*[a-z0-9])?$";

  /** The name of a resource: labels between dots. */
  static final String NAME = "^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$";

  private static final String DURATION = "^0*[1-9][0-9]*(ms|s|m|h)$";
  private static final long MAX_DURATION_LENGTH = 11;

  private static final String ATOMIC = "atomic";

  private FieldSchema() {}

  /** A text of at most so many characters. */
  static JSONSchemaProps text(String description, long maxLength) {
    return of("string", description).withMaxLength(maxLength).build();
  }

  /** A text of 1 to so many characters that a pattern matches. */
  static JSONSchemaProps text(String description, long maxLength, String pattern) {
    return of("string", description)
        .withMinLength(1L)
        .withMaxLength(maxLength)
        .withPattern(pattern)
        .build();
  }

  /** One of a few names. */
  static JSONSchemaProps oneOf(String description, List<String> names) {
    List<JsonNode> values = names.stream().<JsonNode>map(StringNode::valueOf).toList();
    return of("string", description).withEnum(values).build();
  }

  /** One of the names of an enum of the engine. */
  static JSONSchemaProps oneOf(String description, Enum<?>[] names) {
    return oneOf(description, Arrays.stream(names).map(Enum::name).toList());
  }

  /** An integer and a unit. */
  static JSONSchemaProps duration(String description) {
    return text(
        description + " An integer and a unit, such as 500ms, 30s, 5m or 2h; 1ms to 24h.",
        MAX_DURATION_LENGTH,
        DURATION);
  }

  static JSONSchemaProps integer(String description, double min, double max) {
    return of("integer", description).withMinimum(min).withMaximum(max).build();
  }

  static JSONSchemaProps number(String description, double min, double max) {
    return of("number", description).withMinimum(min).withMaximum(max).build();
  }

  static JSONSchemaProps bool(String description) {
    return of("boolean", description).build();
  }

  /** An object with these fields and no others. */
  static JSONSchemaProps object(String description, List<Field> fields) {
    Map<String, JSONSchemaProps> properties = new LinkedHashMap<>();
    fields.forEach(field -> properties.put(field.name(), field.schema()));
    List<String> required = fields.stream().filter(Field::required).map(Field::name).toList();
    return of("object", description).withProperties(properties).withRequired(required).build();
  }

  /**
   * An object with these fields and no others, which server-side apply takes as a whole.
   *
   * <p>For every object that may be left out: when an apply no longer has one that is not taken as
   * a whole, server-side apply takes its fields away one by one, leaves null and refuses that.
   */
  static JSONSchemaProps wholeObject(String description, List<Field> fields) {
    JSONSchemaProps object = object(description, fields);
    object.setXKubernetesMapType(ATOMIC);
    return object;
  }

  /** A JSON Schema document, which server-side apply takes as a whole. */
  static JSONSchemaProps schemaDocument(String description) {
    return of("object", description)
        .withXKubernetesPreserveUnknownFields(true)
        .withXKubernetesMapType(ATOMIC)
        .build();
  }

  /** Any JSON value, null included. */
  static JSONSchemaProps anything(String description) {
    return new JSONSchemaPropsBuilder()
        .withDescription(description)
        .withNullable(true)
        .withXKubernetesPreserveUnknownFields(true)
        .build();
  }

  /** Values by name, at most so many, taken as a whole; which values, the webhook judges. */
  static JSONSchemaProps valuesByName(String description, long max) {
    return of("object", description)
        .withXKubernetesMapType(ATOMIC)
        .withMaxProperties(max)
        .withAdditionalProperties(
            new JSONSchemaPropsOrBool(
                null,
                new JSONSchemaPropsBuilder()
                    .withNullable(true)
                    .withXKubernetesPreserveUnknownFields(true)
                    .build()))
        .build();
  }

  /** A list that server-side apply takes as a whole. */
  static JSONSchemaProps list(String description, long min, long max, JSONSchemaProps items) {
    return of("array", description)
        .withMinItems(min == 0 ? null : min)
        .withMaxItems(max)
        .withItems(new JSONSchemaPropsOrArray(null, items))
        .withXKubernetesListType(ATOMIC)
        .build();
  }

  /** A list of objects, of which server-side apply tells the elements apart by a key. */
  static JSONSchemaProps listByKey(
      String description, String key, long min, long max, JSONSchemaProps items) {
    JSONSchemaProps list = list(description, min, max, items);
    list.setXKubernetesListType("map");
    list.setXKubernetesListMapKeys(List.of(key));
    return list;
  }

  /**
   * An HTTP status as an integer of a range, or a text that a pattern matches.
   *
   * <p>Not {@code x-kubernetes-int-or-string}: with it, Kubernetes 1.20 cannot read the schema for
   * server-side apply, and takes every list as a whole.
   */
  static JSONSchemaProps status(double min, double max, String pattern) {
    return new JSONSchemaPropsBuilder()
        .withXKubernetesPreserveUnknownFields(true)
        .withMinimum(min)
        .withMaximum(max)
        .withPattern(pattern)
        .build();
  }

  private static JSONSchemaPropsBuilder of(String type, String description) {
    return new JSONSchemaPropsBuilder().withType(type).withDescription(description);
  }
}
