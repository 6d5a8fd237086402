package dev.millrace.operator.crd;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.List;

/** The fields of both kinds' status, which the operator writes; stateless, any thread. */
final class StatusFields {
  private StatusFields() {}

  static JSONSchemaProps workflow() {
    return status(
        List.of(
            Field.optional("taskCount", count("How many tasks the workflow has.")),
            Field.optional(
                "levelCount", count("How many tasks depend on each other in a row, at most.")),
            Field.optional(
                "endpoint", text("Method and path of the workflow's own endpoint, if any."))));
  }

  static JSONSchemaProps workflowTask() {
    return status(
        List.of(
            Field.optional(
                "usedBy",
                FieldSchema.list(
                    "Names of the workflows that use this task.",
                    0,
                    100_000,
                    text("The name of a workflow in the same namespace."))),
            Field.optional(
                "users", text("The same for a column: some names, and how many more."))));
  }

  private static JSONSchemaProps status(List<Field> own) {
    List<Field> fields = new ArrayList<>();
    fields.add(
        Field.optional(
            "observedGeneration", count("The generation of the spec that this status speaks of.")));
    fields.add(Field.optional("versionHash", text("The sha256 hash of the canonical spec.")));
    fields.add(
        Field.optional(
            "conditions",
            FieldSchema.listByKey(
                "Whether the resource can be used, and if not, why.", "type", 0, 16, condition())));
    fields.addAll(own);
    return FieldSchema.object("What the operator found. It alone writes this.", fields);
  }

  private static JSONSchemaProps condition() {
    JSONSchemaProps time = text("When status last changed.");
    time.setFormat("date-time");
    return FieldSchema.object(
        "One finding.",
        List.of(
            Field.required("type", text("Ready says whether the gateways serve the resource.")),
            Field.required(
                "status",
                FieldSchema.oneOf("Whether it is so.", List.of("True", "False", "Unknown"))),
            Field.optional(
                "observedGeneration", count("The generation of the spec that was judged.")),
            Field.required("lastTransitionTime", time),
            Field.required("reason", text("Valid, or the code of the first problem.")),
            Field.required("message", text("All problems, one a line."))));
  }

  private static JSONSchemaProps count(String description) {
    JSONSchemaProps count = FieldSchema.integer(description, 0, Long.MAX_VALUE);
    count.setMaximum(null);
    count.setFormat("int64");
    return count;
  }

  private static JSONSchemaProps text(String description) {
    return FieldSchema.text(description, 32_768);
  }
}
