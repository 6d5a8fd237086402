package dev.millrace.gateway.api;

import dev.millrace.engine.catalog.CatalogEntry;
import dev.millrace.engine.catalog.TaskEntry;
import dev.millrace.engine.definition.RouteSpec;
import dev.millrace.engine.definition.Workflow;
import dev.millrace.engine.definition.WorkflowTask;
import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.validation.Edge;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes definitions and what is known of them as the lists and reads show them; stateless. */
final class DefinitionJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private DefinitionJson() {}

  /** One line of the list of workflows. */
  static ObjectNode summary(CatalogEntry entry) {
    Workflow workflow = entry.workflow();
    ObjectNode node = NODES.objectNode();
    node.put("name", workflow.name().name());
    node.put("namespace", workflow.name().namespace());
    putReadiness(node, entry.ready(), entry.problems());
    node.put("description", workflow.description());
    RouteSpec route = workflow.route();
    if (route == null) {
      node.putNull("route");
    } else {
      ObjectNode place = node.putObject("route");
      place.put("method", route.method().name());
      place.put("path", route.path());
      place.put("endpoint", "/run" + route.path());
    }
    node.put("versionHash", workflow.versionHash());
    if (entry.servingOlder()) {
      node.put("servingVersionHash", entry.plan().versionHash());
    }
    node.put("taskCount", workflow.tasks().size());
    return node;
  }

  /** One line of the list of tasks. */
  static ObjectNode summary(TaskEntry entry) {
    WorkflowTask task = entry.definition();
    ObjectNode node = NODES.objectNode();
    node.put("name", task.name().name());
    node.put("namespace", task.name().namespace());
    putReadiness(node, entry.ready(), entry.problems());
    node.put("description", task.description());
    node.put("method", task.http().method().name());
    node.put("url", task.http().url());
    node.put("versionHash", task.versionHash());
    if (entry.servingOlder()) {
      node.put("servingVersionHash", entry.compiled().definition().versionHash());
    }
    ArrayNode usedBy = node.putArray("usedBy");
    for (String workflow : entry.usedBy()) {
      usedBy.add(workflow);
    }
    return node;
  }

  /** Template edges with their verdicts. */
  static ArrayNode edges(List<Edge> edges) {
    ArrayNode array = NODES.arrayNode(edges.size());
    for (Edge edge : edges) {
      ObjectNode node = array.addObject();
      node.put("resource", edge.resource().toString());
      node.put("from", edge.from());
      node.put("to", edge.to());
      node.put("verdict", edge.verdict().label());
      if (edge.witness() != null) {
        node.set("witness", edge.witness());
      }
    }
    return array;
  }

  /** A list as every list answers it. */
  static ObjectNode list(ArrayNode items, long total) {
    ObjectNode node = NODES.objectNode();
    node.set("items", items);
    node.put("total", total);
    return node;
  }

  private static void putReadiness(ObjectNode node, boolean ready, List<Problem> problems) {
    node.put("ready", ready);
    node.put("reason", ready ? "Valid" : reason(problems));
  }

  /** The code of the first error, as the resource's status in a cluster says it. */
  private static String reason(List<Problem> problems) {
    for (Problem problem : problems) {
      if (problem.isError()) {
        return problem.code().name();
      }
    }
    return "Pending";
  }
}
