package dev.millrace.gateway.api;

import dev.millrace.engine.execution.ExecutionRequest;
import dev.millrace.engine.execution.ExecutionResult;
import dev.millrace.engine.execution.ExecutionResultJson;
import dev.millrace.engine.execution.ResultDetail;
import dev.millrace.engine.execution.WorkflowEngine;
import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.task.Cancellation;
import dev.millrace.gateway.http.Answer;
import dev.millrace.gateway.http.Endpoint;
import dev.millrace.gateway.http.Exchange;
import dev.millrace.gateway.http.JsonBody;
import dev.millrace.gateway.http.QueryParameters;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/**
 * Runs a workflow and answers with its execution: {@code POST /api/v1/workflows/{name}/execute};
 * owned by the gateway verticle, calls the engine of its event loop.
 */
public final class ExecuteHandler implements Endpoint {
  private final WorkflowEngine engine;

  public ExecuteHandler(WorkflowEngine engine) {
    this.engine = engine;
  }

  @Override
  public Future<Answer> handle(Exchange exchange) {
    QueryParameters query = exchange.query();
    query.allowOnly("namespace", "detail");
    String namespace = query.value("namespace");
    ResultDetail detail = ResultDetail.of(query.value("detail"));
    String workflow = exchange.pathValue("name");
    long timeoutMillis = RequestTimeout.millis(exchange);
    Cancellation cancellation = exchange.cancelledByDisconnect();
    return JsonBody.read(exchange, engine::refusal)
        .compose(
            input ->
                engine.execute(
                    new ExecutionRequest(
                        namespace, workflow, input, timeoutMillis, exchange.trace(), cancellation)))
        .map(result -> answer(result, detail));
  }

  private static Answer answer(ExecutionResult result, ResultDetail detail) {
    Buffer body = ExecutionResultJson.text(result, detail);
    return result.status() == ExecutionStatus.Paused
        ? ExecutionAnswers.accepted(result.executionId(), body)
        : Answer.json(body);
  }
}
