package dev.millrace.engine.plan;

import dev.millrace.engine.definition.TaskStep;
import dev.millrace.engine.definition.Workflow;
import dev.millrace.engine.problem.FailureJson;
import dev.millrace.engine.schema.CompiledSchema;
import dev.millrace.engine.schema.InvalidSchemaException;
import dev.millrace.engine.schema.SchemaError;
import dev.millrace.engine.task.CompiledTask;
import dev.millrace.engine.task.DescribedRequest;
import dev.millrace.engine.validation.Edge;
import dev.millrace.engine.validation.ResourceReport;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells what an execution would do, without calling anything: the answer of {@code test}. Works
 * from the definition, so that it also answers for a workflow that is not ready. Sensitive values
 * are masked. Made for one answer; usable on any thread.
 */
public final class DryRun {
  private final Workflow workflow;
  private final ResourceReport report;
  private final Function<String, CompiledTask> tasks;
  private final JsonNode input;
  private final TaskGraph graph;
  private final WorkflowGraph names;
  private final DryRunEstimate estimate;
  private final PlanSecrets secrets;
  private final JsonNode shownInput;

  private DryRun(
      Workflow workflow,
      ResourceReport report,
      Function<String, CompiledTask> tasks,
      JsonNode input,
      Estimates estimates) {
    this.workflow = workflow;
    this.report = report;
    this.tasks = tasks;
    this.input = input;
    this.names = WorkflowGraph.of(workflow);
    this.graph = names.graph();
    this.estimate = DryRunEstimate.of(workflow, graph, estimates);
    this.secrets = PlanSecrets.of(workflow, tasks);
    this.shownInput = secrets.input().mask(input);
  }

  /**
   * Plans an execution.
   *
   * @param report what validation found for the workflow
   * @param tasks the compiled WorkflowTasks of its namespace by name; null for those that are not
   *     ready
   * @param input of the execution, also one that does not match
   */
  public static ObjectNode of(
      Workflow workflow,
      ResourceReport report,
      Function<String, CompiledTask> tasks,
      JsonNode input,
      Estimates estimates) {
    return new DryRun(workflow, report, tasks, input, estimates).answer();
  }

  private ObjectNode answer() {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("workflow", workflow.name().name());
    answer.put("version", workflow.versionHash());
    answer.put("valid", report.valid());
    answer.set("problems", FailureJson.problems(report.problems()));
    writeInput(answer.putObject("input"));
    ArrayNode order = answer.putArray("order");
    for (int slot : graph.order()) {
      order.add(step(slot).id());
    }
    writeLevels(answer.putArray("levels"));
    writeNodes(answer.putArray("nodes"));
    writeEdges(answer.putArray("edges"));
    ArrayNode taskList = answer.putArray("tasks");
    for (int slot = 0; slot < graph.size(); slot++) {
      writeTask(slot, taskList.addObject());
    }
    estimate.write(answer.putObject("estimate"));
    return answer;
  }

  private TaskStep step(int slot) {
    return workflow.tasks().get(slot);
  }

  private void writeInput(ObjectNode node) {
    List<SchemaError> errors;
    try {
      errors = CompiledSchema.compile(workflow.inputSchema()).validate(input);
    } catch (InvalidSchemaException invalid) {
      errors =
          List.of(new SchemaError("", "$schema", "cannot be checked: the schema is not valid"));
    }
    node.put("valid", errors.isEmpty());
    node.set("errors", FailureJson.errors(errors));
  }

  private void writeLevels(ArrayNode levels) {
    for (int level = 0; level < graph.levelCount(); level++) {
      levels.addArray();
    }
    for (int slot : graph.order()) {
      ((ArrayNode) levels.get(graph.level(slot))).add(step(slot).id());
    }
  }

  private void writeNodes(ArrayNode nodes) {
    for (int slot = 0; slot < graph.size(); slot++) {
      ObjectNode node = nodes.addObject();
      node.put("id", step(slot).id());
      node.put("taskRef", step(slot).taskRef());
      if (graph.level(slot) < 0) {
        node.putNull("level");
      } else {
        node.put("level", graph.level(slot));
      }
      ArrayNode dependsOn = node.putArray("dependsOn");
      for (int dependency : graph.dependencies(slot)) {
        dependsOn.add(step(dependency).id());
      }
    }
  }

  private void writeEdges(ArrayNode edges) {
    for (Edge edge : report.edges()) {
      DataEnds ends = DataEnds.of(edge, workflow);
      writeEdge(edges, ends.from(), ends.to(), "data", edge.to())
          .put("verdict", edge.verdict().label());
    }
    for (int slot = 0; slot < graph.size(); slot++) {
      List<String> dependsOn = step(slot).dependsOn();
      for (int index = 0; index < dependsOn.size(); index++) {
        if (names.slot(dependsOn.get(index)) >= 0) {
          String path = "/spec/tasks/" + slot + "/dependsOn/" + index;
          writeEdge(edges, dependsOn.get(index), step(slot).id(), "order", path).putNull("verdict");
        }
      }
    }
  }

  private static ObjectNode writeEdge(
      ArrayNode edges, String from, String to, String kind, String path) {
    ObjectNode node = edges.addObject();
    node.put("from", from);
    node.put("to", to);
    node.put("kind", kind);
    node.put("path", path);
    return node;
  }

  private void writeTask(int slot, ObjectNode node) {
    TaskStep step = step(slot);
    PartialRendering rendering = PartialRendering.of(step.input(), shownInput);
    List<String> unknown = rendering.unresolved();
    JsonNode shown =
        secrets
            .taskInput(slot)
            .mask(
                rendering.value(),
                value -> value.isString() && unknown.contains(value.stringValue()));
    node.put("id", step.id());
    node.set("input", shown);
    CompiledTask task = tasks.apply(step.taskRef());
    if (task == null) {
      node.putNull("request");
    } else {
      writeRequest(task.http().describe(shown), node.putObject("request"));
    }
    ArrayNode unresolved = node.putArray("unresolved");
    for (String template : unknown) {
      unresolved.add(template);
    }
    estimate.write(slot, node.putObject("estimate"));
  }

  private static void writeRequest(DescribedRequest request, ObjectNode node) {
    node.put("method", request.method());
    node.put("url", request.url());
    ObjectNode headers = node.putObject("headers");
    for (Map.Entry<String, String> header : request.headers()) {
      headers.put(header.getKey(), header.getValue());
    }
    node.set("body", request.body());
  }
}
