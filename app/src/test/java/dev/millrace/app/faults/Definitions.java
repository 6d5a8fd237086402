package dev.millrace.app.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes every {@link Shape} as a resource, and the two tasks that all of them use. Stateless. */
final class Definitions {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String TASK =
      """
      {"apiVersion": "millrace.dev/v1", "kind": "WorkflowTask", "metadata": {"name": "%s"}, "spec": {
        "inputSchema": {"type": "object", "required": ["service", "order"], "properties": {
          "service": {"type": "string", "pattern": "^[a-z]+$"},
          "order": {"type": "string", "pattern": "^[0-9]+$"},
          "after": {"type": "array", "items": {"type": "string"}}}},
        "outputSchema": {"type": "object", "required": ["receipt"], "properties": {"receipt": {"type": "string"}}},
        "http": %s,
        "timeout": "20s"}}
      """;
  private static final String LOOK =
      """
      {"method": "GET", "url": "http://127.0.0.1:%d/{{input.service}}/{{input.order}}"}
      """;
  private static final String ACT =
      """
      {"method": "POST", "url": "http://127.0.0.1:%d/{{input.service}}/{{input.order}}",
       "body": {"after": "{{input.after ?? null}}"}}
      """;

  private Definitions() {}

  /** Writes them for an upstream at a port of this machine. */
  static void write(Path directory, int port) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("look.json"), TASK.formatted("look", LOOK.formatted(port)));
    Files.writeString(directory.resolve("act.json"), TASK.formatted("act", ACT.formatted(port)));
    for (Shape shape : Shape.ALL) {
      Files.writeString(
          directory.resolve(shape.name() + ".json"), JSON.writeValueAsString(workflow(shape)));
    }
  }

  private static ObjectNode workflow(Shape shape) {
    ObjectNode workflow = JSON.createObjectNode();
    workflow.put("apiVersion", "millrace.dev/v1").put("kind", "Workflow");
    workflow.putObject("metadata").put("name", shape.name());
    ObjectNode spec = workflow.putObject("spec");
    ObjectNode input = spec.putObject("inputSchema").put("type", "object");
    input.putArray("required").add("order");
    input
        .putObject("properties")
        .putObject("order")
        .put("type", "string")
        .put("pattern", "^[0-9]+$");
    ArrayNode tasks = spec.putArray("tasks");
    ObjectNode output = spec.putObject("output");
    for (Step step : shape.steps()) {
      tasks.add(task(step));
      output.put(step.id(), receipt(step.id()));
    }
    // Longer than any fault lasts: no execution of this test ends because it waited.
    spec.put("timeout", "2m");
    spec.put("durability", shape.durable() ? "Durable" : "Buffered");
    return workflow;
  }

  private static ObjectNode task(Step step) {
    ObjectNode task = JSON.createObjectNode();
    task.put("id", step.id()).put("taskRef", step.effect() ? "act" : "look");
    ObjectNode input = task.putObject("input");
    input.put("service", step.id()).put("order", "{{input.order}}");
    if (step.effect()) {
      ArrayNode receipts = input.putArray("after");
      step.after().forEach(before -> receipts.add(receipt(before)));
    } else if (!step.after().isEmpty()) {
      ArrayNode order = task.putArray("dependsOn");
      step.after().forEach(order::add);
    }
    if (step.tolerant()) {
      task.putObject("onError").putObject("continueWith").put("receipt", "none");
    }
    return task;
  }

  private static String receipt(String step) {
    return "{{tasks." + step + ".output.receipt}}";
  }
}
