package dev.millrace.operator.crd;

import dev.millrace.engine.definition.HttpMethodName;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.List;

/** The fields of a WorkflowTask's spec; stateless, usable on any thread. */
final class WorkflowTaskFields {
  private WorkflowTaskFields() {}

  static JSONSchemaProps spec() {
    return FieldSchema.object(
        "A reusable, typed HTTP call. Workflows use it by its name.",
        List.of(
            Field.optional(
                "description", FieldSchema.text("What the task does, for people.", 1_000)),
            Field.optional(
                "inputSchema",
                FieldSchema.schemaDocument(
                    "JSON Schema 2020-12 of the input; its root type is object. Defaults to an"
                        + " object without members.")),
            Field.optional(
                "outputSchema",
                FieldSchema.anything(
                    "JSON Schema 2020-12 of what the task yields. Defaults to true: anything.")),
            Field.required("http", http()),
            Field.optional(
                "idempotent",
                FieldSchema.bool(
                    "Whether a call that may have arrived may be sent again. Defaults to true for"
                        + " GET, HEAD, PUT and DELETE, to false for POST and PATCH.")),
            Field.optional(
                "timeout", FieldSchema.duration("Limit of one attempt. Defaults to 30s.")),
            Field.optional(
                "retry",
                RetryFields.retry("When and how often the call is tried again. Off when absent.")),
            Field.optional("circuitBreaker", circuitBreaker()),
            Field.optional("bulkhead", bulkhead())));
  }

  private static JSONSchemaProps http() {
    return FieldSchema.object(
        "The call. Templates such as {{input.userId}} may stand in path, query, headers and body.",
        List.of(
            Field.required(
                "method", FieldSchema.oneOf("The HTTP method.", HttpMethodName.values())),
            Field.required(
                "url",
                FieldSchema.text(
                    "The address to call. Scheme, host and port are literal; templates may stand in"
                        + " path and query.",
                    8_192,
                    "^[hH][tT][tT][pP][sS]?://")),
            Field.optional(
                "query",
                FieldSchema.valuesByName(
                    "Query parameters: a string, a number or a boolean each. One whose template is"
                        + " absent or null is left out.",
                    100)),
            Field.optional(
                "headers",
                FieldSchema.valuesByName(
                    "Headers of the request. Those of the connection, and those that Millrace sets"
                        + " itself, are refused.",
                    100)),
            Field.optional(
                "body",
                FieldSchema.anything(
                    "Any JSON, templates allowed anywhere in it. Only with POST, PUT and PATCH.")),
            Field.optional(
                "response",
                FieldSchema.oneOf(
                    "What the task yields: the answer's body, or full for status, headers and body."
                        + " Defaults to body.",
                    List.of("body", "full"))),
            Field.optional(
                "successStatus",
                FieldSchema.list(
                    "Statuses that count as success: codes such as 404 or classes such as \"2xx\"."
                        + " Defaults to [\"2xx\"].",
                    1,
                    50,
                    FieldSchema.status(200, 599, "^[2345]([0-9][0-9]|xx)$")))));
  }

  private static JSONSchemaProps circuitBreaker() {
    return FieldSchema.wholeObject(
        "Refuses calls for a while after many failures. Off when absent.",
        List.of(
            Field.required(
                "failureThreshold",
                FieldSchema.integer(
                    "So many failures within the window open the circuit.", 1, 10_000)),
            Field.optional(
                "window", FieldSchema.duration("In which failures count. Defaults to 10s.")),
            Field.optional(
                "openFor",
                FieldSchema.duration(
                    "How long calls are refused before one may try. Defaults to 30s."))));
  }

  private static JSONSchemaProps bulkhead() {
    return FieldSchema.wholeObject(
        "Limits the calls of this task that run at once. Off when absent.",
        List.of(
            Field.required(
                "maxConcurrent", FieldSchema.integer("Calls in flight at once.", 1, 10_000)),
            Field.optional(
                "maxQueued",
                FieldSchema.integer(
                    "Calls that may wait for their turn. Defaults to 0.", 0, 100_000))));
  }
}
