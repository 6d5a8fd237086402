package dev.millrace.gateway.api;

import dev.millrace.engine.catalog.Catalog;
import dev.millrace.engine.catalog.CatalogSnapshot;
import dev.millrace.engine.execution.ExecutionRequest;
import dev.millrace.engine.execution.ExecutionResult;
import dev.millrace.engine.execution.ExecutionResultJson;
import dev.millrace.engine.execution.ResultDetail;
import dev.millrace.engine.execution.WorkflowEngine;
import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import dev.millrace.engine.task.Cancellation;
import dev.millrace.gateway.http.Answer;
import dev.millrace.gateway.http.Endpoint;
import dev.millrace.gateway.http.Exchange;
import dev.millrace.gateway.http.JsonBody;
import dev.millrace.gateway.http.MethodTable;
import dev.millrace.gateway.http.PathTable;
import dev.millrace.gateway.http.RequestHandler;
import dev.millrace.gateway.route.RouteBinding;
import dev.millrace.gateway.route.RouteTable;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Runs the workflow behind a route below {@code /run} and answers its bare output; owned by the
 * gateway verticle, lives on its event loop. It compiles the routes anew when the catalog changed.
 */
public final class RunHandler implements Endpoint {
  /** Tells the execution's id, which the bare output has no place for. */
  static final String EXECUTION_ID = "X-Execution-Id";

  private final WorkflowEngine engine;
  private final Catalog catalog;
  private CatalogSnapshot compiled;
  private RouteTable routes;

  public RunHandler(WorkflowEngine engine, Catalog catalog) {
    this.engine = engine;
    this.catalog = catalog;
  }

  @Override
  public Future<Answer> handle(Exchange exchange) {
    PathTable.Match<MethodTable<RouteBinding>> match = routes().match(exchange.path());
    if (match == null) {
      throw Failure.of(
              ErrorCode.NotFound,
              "No workflow has a route at this path; /docs lists those there are")
          .exception();
    }
    RouteBinding binding = match.target().target(exchange.method());
    if (binding == null) {
      return RequestHandler.otherMethod(exchange.method(), match.target()).future();
    }
    long timeoutMillis = RequestTimeout.millis(exchange);
    Cancellation cancellation = exchange.cancelledByDisconnect();
    Future<JsonNode> body =
        binding.takesBody() ? JsonBody.read(exchange, engine::refusal) : Future.succeededFuture();
    return body.compose(
            given ->
                engine.execute(
                    new ExecutionRequest(
                        binding.namespace(),
                        binding.workflow(),
                        binding.input(match, exchange.query(), given),
                        timeoutMillis,
                        exchange.trace(),
                        cancellation)))
        .map(RunHandler::answer);
  }

  private static Answer answer(ExecutionResult result) {
    if (result.status() == ExecutionStatus.Paused) {
      return ExecutionAnswers.accepted(
          result.executionId(), ExecutionResultJson.text(result, ResultDetail.OUTPUT));
    }
    return Answer.json(Json.toBuffer(result.output()))
        .withHeaders(List.of(Map.entry(EXECUTION_ID, result.executionId())));
  }

  private RouteTable routes() {
    CatalogSnapshot snapshot = catalog.snapshot();
    if (snapshot != compiled) {
      routes = RouteTable.of(snapshot, catalog.defaultNamespace());
      compiled = snapshot;
    }
    return routes;
  }
}
