package dev.millrace.perf.webhook;

import dev.millrace.engine.definition.ResourceReader;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.validation.DefinitionIndex;
import dev.millrace.engine.validation.ReadDefinition;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the webhook is asked about and what it knows: the tasks, and workflows that use all of them,
 * each task reading the output of the one before. Stateless, usable on any thread.
 */
public final class MeasuredReviews {
  /** Of each workflow. */
  static final int TASKS = 50;

  /** That the webhook knows, and of which some are changed. */
  static final int WORKFLOWS = 100;

  private static final int TASK_CHANGES = 3;
  private static final String NAMESPACE = "shop";
  private static final String TASK =
      """
      apiVersion: millrace.dev/v1
      kind: WorkflowTask
      metadata: { name: task-NUMBER }
      spec:
        inputSchema:
          type: object
          required: [userId]
          properties:
            userId: { type: string, minLength: 1, maxLength: 64 }
            before: { type: integer, minimum: 0 }
            tags: { type: array, maxItems: 20, items: { type: string, maxLength: 32 } }
          additionalProperties: false
        outputSchema:
          type: object
          required: [count, tags]
          properties:
            count: { type: integer, minimum: 0, maximum: 1000 }
            tags: { type: array, maxItems: 10, items: { type: string, maxLength: 32 } }
            owner: { type: object, required: [name], properties: { name: { type: string } } }
        http:
          method: POST
          url: https://service-NUMBER.internal/v1/users/{{input.userId}}
          headers: { X-Before: "{{input.before}}" }
          body: { tags: "{{input.tags}}" }
        timeout: 2s
      """;

  private MeasuredReviews() {}

  /** The definitions of a cluster. */
  static DefinitionIndex index() {
    DefinitionIndex index = new DefinitionIndex();
    for (int task = 0; task < TASKS; task++) {
      index.put(read(TASK.replace("NUMBER", Integer.toString(task))));
    }
    for (int workflow = 0; workflow < WORKFLOWS; workflow++) {
      index.put(read(workflow("workflow-" + workflow, 10)));
    }
    return index;
  }

  /** One review for each workflow: every other one changes it, the rest create another. */
  public static List<Buffer> bodies() {
    List<Buffer> bodies = new ArrayList<>();
    for (int workflow = 0; workflow < WORKFLOWS; workflow++) {
      boolean update = workflow % 2 == 0;
      String name = (update ? "workflow-" : "new-") + workflow;
      String before = update ? workflow(name, 10) : null;
      bodies.add(review("Workflow", name, bodies.size(), before, workflow(name, 9)));
    }
    return bodies;
  }

  /**
   * The same, and changes of a few tasks among them, for which all workflows that use the task are
   * judged: so reviews are dear for the webhook and cheap for whoever sends them, on average.
   */
  public static List<Buffer> withTaskChanges() {
    List<Buffer> bodies = bodies();
    for (int change = 0; change < TASK_CHANGES; change++) {
      String before = TASK.replace("NUMBER", Integer.toString(change));
      String after = before.replace("maximum: 1000", "maximum: 999");
      bodies.add(
          change * WORKFLOWS / TASK_CHANGES,
          review("WorkflowTask", "task-" + change, WORKFLOWS + change, before, after));
    }
    return bodies;
  }

  /**
   * A review.
   *
   * @param before null for one that creates
   */
  private static Buffer review(String kind, String name, int number, String before, String after) {
    ObjectNode review = JsonNodeFactory.instance.objectNode();
    review.put("kind", "AdmissionReview").put("apiVersion", "admission.k8s.io/v1");
    ObjectNode request = review.putObject("request");
    request.put("uid", "00000000-0000-4000-8000-" + (100_000_000_000L + number));
    request.putObject("kind").put("group", "millrace.dev").put("version", "v1").put("kind", kind);
    request.put("name", name).put("namespace", NAMESPACE);
    request.put("operation", before == null ? "CREATE" : "UPDATE");
    request.set("object", object(after));
    if (before != null) {
      request.set("oldObject", object(before));
    }
    return Json.toBuffer(review);
  }

  private static ObjectNode object(String yaml) {
    ObjectNode object = (ObjectNode) read(yaml).resource().document().deepCopy();
    ((ObjectNode) object.get("metadata"))
        .put("namespace", NAMESPACE)
        .put("uid", "0a1b2c3d-0000-4000-8000-000000000000")
        .put("creationTimestamp", "2026-01-01T00:00:00Z");
    return object;
  }

  private static String workflow(String name, int seconds) {
    StringBuilder yaml = new StringBuilder(16 << 10);
    yaml.append("apiVersion: millrace.dev/v1\nkind: Workflow\nmetadata: { name: ")
        .append(name)
        .append(" }\nspec:\n  timeout: ")
        .append(seconds)
        .append("s\n  inputSchema:\n    type: object\n    required: [userId]\n    properties: {")
        .append(" userId: { type: string, minLength: 1, maxLength: 64 } }\n  tasks:\n");
    for (int task = 0; task < TASKS; task++) {
      yaml.append("    - id: t")
          .append(task)
          .append("\n      taskRef: task-")
          .append(task)
          .append("\n      input:\n        userId: \"{{input.userId}}\"\n");
      if (task > 0) {
        String before = "{{tasks.t" + (task - 1) + ".output.";
        yaml.append("        before: \"")
            .append(before)
            .append("count}}\"\n        tags: \"")
            .append(before)
            .append("tags}}\"\n");
      }
    }
    return yaml.append("  output: { count: \"{{tasks.t")
        .append(TASKS - 1)
        .append(".output.count}}\" }\n")
        .toString();
  }

  private static ReadDefinition read(String yaml) {
    return ReadDefinition.of(ResourceReader.read("measured.yaml", yaml, NAMESPACE), 0);
  }
}
