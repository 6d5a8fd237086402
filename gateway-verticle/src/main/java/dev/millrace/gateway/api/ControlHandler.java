package dev.millrace.gateway.api;

import dev.millrace.engine.execution.ExecutionControl;
import dev.millrace.engine.journal.ExecutionSummary;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import dev.millrace.gateway.http.Answer;
import dev.millrace.gateway.http.Exchange;
import io.vertx.core.Future;

/**
 * Pauses, resumes and cancels: {@code POST /api/v1/executions/{id}/pause}, {@code /resume} and
 * {@code /cancel}; owned by the gateway verticle. A body is not looked at.
 */
public final class ControlHandler {
  private final ExecutionControl control;

  public ControlHandler(ExecutionControl control) {
    this.control = control;
  }

  /** Lets no further task begin. */
  public Future<Answer> pause(Exchange exchange) {
    exchange.query().allowOnly();
    return control.pause(exchange.pathValue("id")).map(ControlHandler::accepted);
  }

  /** Ends it. */
  public Future<Answer> cancel(Exchange exchange) {
    exchange.query().allowOnly();
    return control.cancel(exchange.pathValue("id")).map(ControlHandler::accepted);
  }

  /** Lets it go on, by the definition that it began with or by the latest one. */
  public Future<Answer> resume(Exchange exchange) {
    exchange.query().allowOnly("definition");
    boolean latest = isLatest(exchange.query().value("definition"));
    return control.resume(exchange.pathValue("id"), latest).map(ControlHandler::accepted);
  }

  private static boolean isLatest(String definition) {
    if (definition == null || definition.equals("pinned")) {
      return false;
    }
    if (definition.equals("latest")) {
      return true;
    }
    throw Failure.of(
            ErrorCode.InvalidRequest,
            "The query parameter definition takes pinned (the default) or latest")
        .exception();
  }

  private static Answer accepted(ExecutionSummary summary) {
    return ExecutionAnswers.accepted(
        summary.executionId(), Json.toBuffer(ExecutionJson.of(summary)));
  }
}
