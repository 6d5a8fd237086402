package dev.millrace.gateway.api;

import dev.millrace.engine.catalog.Catalog;
import dev.millrace.engine.catalog.TaskEntry;
import dev.millrace.engine.definition.WorkflowTask;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.problem.FailureJson;
import dev.millrace.gateway.http.Answer;
import dev.millrace.gateway.http.BackgroundWork;
import dev.millrace.gateway.http.Exchange;
import io.vertx.core.Future;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells of WorkflowTasks: {@code GET /api/v1/tasks} and {@code /{name}}; owned by the gateway
 * verticle.
 */
public final class TasksHandler {
  private final BackgroundWork work;
  private final Catalog catalog;

  public TasksHandler(BackgroundWork work, Catalog catalog) {
    this.work = work;
    this.catalog = catalog;
  }

  /** All WorkflowTasks of a namespace. */
  public Future<Answer> list(Exchange exchange) {
    String namespace = Namespaces.of(exchange, catalog);
    return work.run(
        () -> {
          ArrayNode items = JsonNodeFactory.instance.arrayNode();
          for (TaskEntry entry : catalog.snapshot().tasks(namespace)) {
            items.add(DefinitionJson.summary(entry));
          }
          return Answer.json(Json.toBuffer(DefinitionJson.list(items, items.size())));
        });
  }

  /** One WorkflowTask with its definition and what validation says of it. */
  public Future<Answer> one(Exchange exchange) {
    String namespace = Namespaces.of(exchange, catalog);
    String name = exchange.pathValue("name");
    TaskEntry entry = catalog.snapshot().task(namespace, name);
    if (entry == null) {
      throw Namespaces.unknownTask(namespace, name).exception();
    }
    WorkflowTask task = entry.definition();
    ObjectNode node = DefinitionJson.summary(entry);
    node.set("problems", FailureJson.problems(entry.problems()));
    node.set("edges", DefinitionJson.edges(entry.report().edges()));
    node.set("inputSchema", task.inputSchema());
    node.set("outputSchema", task.outputSchema());
    node.set("definition", task.document());
    return Answer.json(Json.toBuffer(node)).future();
  }
}
