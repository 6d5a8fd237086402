package dev.millrace.perf.webhook;

import dev.millrace.engine.definition.ResourceReader;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.validation.DefinitionIndex;
import dev.millrace.engine.validation.ReadDefinition;
import io.vertx.core.buffer.Buffer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The definitions of a namespace and reviews of workflows in it; stateless, usable on any thread.
 */
final class ReviewTexts {
  private static final String NAMESPACE = "shop";
  private static final String TASK =
      """
      apiVersion: millrace.dev/v1
      kind: WorkflowTask
      metadata: { name: task-%d }
      spec:
        inputSchema:
          type: object
          required: [id, amount]
          properties:
            id: { type: string, minLength: 1, maxLength: 64 }
            amount: { type: integer, minimum: 0 }
            note: { type: [string, "null"], maxLength: 500 }
        outputSchema:
          type: object
          required: [id, amount, items]
          properties:
            id: { type: string, minLength: 1, maxLength: 36 }
            amount: { type: integer, minimum: 0, maximum: 1000000 }
            state: { enum: [open, paid, sent] }
            items:
              type: array
              maxItems: 100
              items:
                type: object
                required: [sku]
                properties: { sku: { type: string }, price: { type: number, minimum: 0 } }
        http:
          method: POST
          url: https://svc.internal/v1/things/{{input.id}}
          body: { amount: "{{input.amount}}", note: "{{input.note ?? null}}" }
        retry: { maxAttempts: 3 }
      """;

  private ReviewTexts() {}

  /** Puts tasks, and workflows that use them, into an index. */
  static void fill(DefinitionIndex index, int tasks, int workflows) {
    for (int i = 0; i < tasks; i++) {
      index.put(read(TASK.formatted(i)));
    }
    for (int i = 0; i < workflows; i++) {
      index.put(read(workflow("kept-" + i, tasks, i)));
    }
  }

  /**
   * A review of a new workflow that calls every task once, each with the output of the one before.
   */
  static Buffer review(int number, int tasks) {
    JsonNode object = read(workflow("new-" + number, tasks, number)).resource().document();
    ObjectNode review = JsonNodeFactory.instance.objectNode();
    review.put("kind", "AdmissionReview").put("apiVersion", "admission.k8s.io/v1");
    ObjectNode request = review.putObject("request");
    request.put("uid", "review-" + number);
    request
        .putObject("kind")
        .put("group", "millrace.dev")
        .put("version", "v1")
        .put("kind", "Workflow");
    request
        .put("name", "new-" + number)
        .put("namespace", NAMESPACE)
        .put("operation", "CREATE")
        .set("object", object);
    return Json.toBuffer(review);
  }

  private static ReadDefinition read(String yaml) {
    return ReadDefinition.of(ResourceReader.read("perf.yaml", yaml, NAMESPACE), 0);
  }

  private static String workflow(String name, int tasks, int seed) {
    StringBuilder text = new StringBuilder(tasks * 160);
    text.append("apiVersion: millrace.dev/v1\nkind: Workflow\nmetadata: { name: ")
        .append(name)
        .append(" }\nspec:\n")
        .append(
            "  inputSchema: { type: object, required: [id, amount], properties: { id: { type: string,")
        .append(" minLength: 1, maxLength: 50 }, amount: { type: integer, minimum: ")
        .append(seed % 1_000)
        .append(" } } }\n  tasks:\n");
    for (int i = 0; i < tasks; i++) {
      String from = i == 0 ? "input" : "tasks.t" + (i - 1) + ".output";
      text.append("    - { id: t")
          .append(i)
          .append(", taskRef: task-")
          .append(i)
          .append(", input: { id: \"{{")
          .append(from)
          .append(".id}}\", amount: \"{{")
          .append(from)
          .append(".amount}}\", note: \"{{input.id}}\" } }\n");
    }
    text.append("  output: { id: \"{{tasks.t")
        .append(tasks - 1)
        .append(".output.id}}\", first: \"{{tasks.t0.output.items[0].sku ?? null}}\" }\n");
    return text.toString();
  }
}
