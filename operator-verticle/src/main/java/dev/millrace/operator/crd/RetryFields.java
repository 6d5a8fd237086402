package dev.millrace.operator.crd;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.List;

/** The field {@code retry}, which both kinds have; stateless, usable on any thread. */
final class RetryFields {
  private RetryFields() {}

  static JSONSchemaProps retry(String description) {
    return FieldSchema.wholeObject(
        description,
        List.of(
            Field.optional(
                "maxAttempts",
                FieldSchema.integer(
                    "Attempts in all, the first one included. Defaults to 1: no retry.", 1, 20)),
            Field.optional(
                "initialDelay",
                FieldSchema.duration("Wait before the second attempt. Defaults to 100ms.")),
            Field.optional(
                "multiplier",
                FieldSchema.number(
                    "Each wait is the one before times this. Defaults to 2.0.", 1, 10)),
            Field.optional("maxDelay", FieldSchema.duration("No wait is longer. Defaults to 2s.")),
            Field.optional(
                "jitter",
                FieldSchema.number(
                    "The share by which a wait varies in both directions. Defaults to 0.2.", 0, 1)),
            Field.optional(
                "on",
                FieldSchema.list(
                    "What is tried again: connect, timeout, a status such as \"503\" or a class such"
                        + " as \"5xx\". Defaults to connect, timeout, 502, 503, 504 and 429. Write"
                        + " the name of this field in quotes: kubectl reads YAML 1.1, in which an"
                        + " unquoted on is true.",
                    0,
                    50,
                    FieldSchema.status(300, 599, "^(connect|timeout|[345][0-9][0-9]|[345]xx)$"))),
            // Declared so that it is not dropped before the webhook can say what happened.
            Field.optional(
                "true",
                FieldSchema.anything(
                    "Not a field: what an unquoted on becomes in YAML 1.1. It is refused; write"
                        + " \"on\" in quotes."))));
  }
}
