package dev.millrace.gateway.api;

import dev.millrace.engine.catalog.Catalog;
import dev.millrace.engine.catalog.CatalogEntry;
import dev.millrace.engine.execution.EngineServices;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.plan.Estimates;
import dev.millrace.engine.problem.FailureJson;
import dev.millrace.gateway.http.Answer;
import dev.millrace.gateway.http.BackgroundWork;
import dev.millrace.gateway.http.Exchange;
import io.vertx.core.Future;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells of workflows: {@code GET /api/v1/workflows} and {@code /{name}}; owned by the gateway
 * verticle.
 */
public final class WorkflowsHandler {
  private final BackgroundWork work;
  private final EngineServices engine;

  public WorkflowsHandler(BackgroundWork work, EngineServices engine) {
    this.work = work;
    this.engine = engine;
  }

  /** All workflows of a namespace. */
  public Future<Answer> list(Exchange exchange) {
    String namespace = Namespaces.of(exchange, engine.catalog());
    return work.run(
        () -> {
          ArrayNode items = JsonNodeFactory.instance.arrayNode();
          for (CatalogEntry entry : engine.catalog().snapshot().workflows(namespace)) {
            items.add(DefinitionJson.summary(entry));
          }
          return Answer.json(Json.toBuffer(DefinitionJson.list(items, items.size())));
        });
  }

  /** One workflow with its definition, its plan and what validation says of it. */
  public Future<Answer> one(Exchange exchange) {
    Catalog catalog = engine.catalog();
    String namespace = Namespaces.of(exchange, catalog);
    String name = exchange.pathValue("name");
    return work.run(
        () -> {
          // The dry run knows the plan of every definition, also of one that is not ready.
          ObjectNode plan =
              engine.dryRun(namespace, name, JsonNodeFactory.instance.objectNode(), Estimates.NONE);
          CatalogEntry entry = catalog.snapshot().workflow(namespace, name);
          if (entry == null) {
            throw Namespaces.unknownWorkflow(namespace, name).exception();
          }
          ObjectNode node = DefinitionJson.summary(entry);
          node.set("problems", FailureJson.problems(entry.problems()));
          node.set("order", plan.path("order"));
          node.set("levels", plan.path("levels"));
          node.set("nodes", plan.path("nodes"));
          node.set("dependencies", plan.path("edges"));
          node.set("edges", DefinitionJson.edges(entry.report().edges()));
          node.set("inputSchema", entry.workflow().inputSchema());
          if (entry.report().outputSchema() != null) {
            node.set("outputSchema", entry.report().outputSchema());
          }
          node.set("definition", entry.workflow().document());
          return Answer.json(Json.toBuffer(node));
        });
  }
}
