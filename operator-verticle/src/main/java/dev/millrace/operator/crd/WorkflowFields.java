package dev.millrace.operator.crd;

import dev.millrace.engine.definition.Durability;
import dev.millrace.engine.definition.HttpMethodName;
import dev.millrace.engine.definition.RecoveryPolicy;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.List;

/** The fields of a Workflow's spec; stateless, usable on any thread. */
final class WorkflowFields {
  private static final long MAX_TASKS = 200;

  private WorkflowFields() {}

  static JSONSchemaProps spec() {
    return FieldSchema.object(
        "Tasks whose calls make one answer. A template that reads a task is the dependency on it.",
        List.of(
            Field.optional(
                "description", FieldSchema.text("What the workflow answers, for people.", 1_000)),
            Field.optional(
                "inputSchema",
                FieldSchema.schemaDocument(
                    "JSON Schema 2020-12 of the input; its root type is object. Defaults to an"
                        + " object without members.")),
            Field.required(
                "tasks",
                FieldSchema.listByKey(
                    "The calls. Each starts as soon as the tasks that it depends on are done.",
                    "id",
                    1,
                    MAX_TASKS,
                    task())),
            Field.optional(
                "output",
                FieldSchema.anything(
                    "The answer: any JSON, templates allowed anywhere in it. Defaults to {}.")),
            Field.optional(
                "outputSchema",
                FieldSchema.anything(
                    "JSON Schema 2020-12 of the answer. Inferred from output when absent.")),
            Field.optional(
                "timeout", FieldSchema.duration("Limit of the whole execution. Defaults to 30s.")),
            Field.optional(
                "maxConcurrency",
                FieldSchema.integer(
                    "Tasks of one execution that run at once. Defaults to 16.", 1, MAX_TASKS)),
            Field.optional(
                "durability",
                FieldSchema.oneOf(
                    "What a crash may cost: Durable resumes executions and repeats no finished"
                        + " effect, Buffered may lose the last moments of history, None keeps no"
                        + " history. Defaults to Durable.",
                    Durability.values())),
            Field.optional(
                "onInterruption",
                FieldSchema.oneOf(
                    "What becomes of a Durable execution whose gateway died: Resume goes on with"
                        + " it, Fail ends it as Interrupted. Defaults to Resume.",
                    RecoveryPolicy.OnInterruption.values())),
            Field.optional(
                "onFailedTask",
                FieldSchema.oneOf(
                    "What becomes, after such a death, of a task that had failed for good: Retry"
                        + " calls it again, Skip lets its failure stand. Defaults to Retry.",
                    RecoveryPolicy.OnFailedTask.values())),
            Field.optional("route", route())));
  }

  private static JSONSchemaProps task() {
    return FieldSchema.object(
        "One call of the workflow.",
        List.of(
            Field.required(
                "id",
                FieldSchema.text(
                    "The name of this call, unique in the workflow: lower-case letters, digits and"
                        + " dashes. Templates read its output as {{tasks.ID.output}}.",
                    63,
                    FieldSchema.ID)),
            Field.required(
                "taskRef",
                FieldSchema.text(
                    "The name of the WorkflowTask to call, in the same namespace.",
                    253,
                    FieldSchema.NAME)),
            Field.optional(
                "input",
                FieldSchema.anything(
                    "The input of the task: an object with templates, or one template that yields"
                        + " an object. Defaults to {}.")),
            Field.optional(
                "dependsOn",
                FieldSchema.list(
                    "Ids of tasks that must end first, beyond those that input reads.",
                    0,
                    MAX_TASKS,
                    FieldSchema.text("The id of a task.", 63, FieldSchema.ID))),
            Field.optional(
                "timeout",
                FieldSchema.duration("Limit of one attempt. Defaults to the task's own.")),
            Field.optional(
                "retry", RetryFields.retry("Overrides the task's own retry, field by field.")),
            Field.optional(
                "onError",
                FieldSchema.wholeObject(
                    "What happens when the task finally fails. When absent, the execution fails.",
                    List.of(
                        // Needed, but it may be null, which the API server takes for missing.
                        Field.optional(
                            "continueWith",
                            FieldSchema.anything(
                                "The literal output that is used in its place.")))))));
  }

  private static JSONSchemaProps route() {
    return FieldSchema.wholeObject(
        "An endpoint of its own, under /run.",
        List.of(
            Field.required(
                "method",
                FieldSchema.oneOf("The HTTP method of the endpoint.", HttpMethodName.values())),
            Field.required(
                "path",
                FieldSchema.text(
                    "The path, such as /orders/{id}; {id} takes one segment as that input.",
                    1_024,
                    "^/"))));
  }
}
