package dev.millrace.gateway.api;

import dev.millrace.engine.catalog.Catalog;
import dev.millrace.engine.catalog.RecordedExecutions;
import dev.millrace.engine.catalog.RecordedExecutions.Recorded;
import dev.millrace.engine.execution.EngineServices;
import dev.millrace.engine.journal.ExecutionCursor;
import dev.millrace.engine.journal.ExecutionPage;
import dev.millrace.engine.journal.ExecutionQuery;
import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.journal.History;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import dev.millrace.engine.problem.FailureException;
import dev.millrace.gateway.http.Answer;
import dev.millrace.gateway.http.BackgroundWork;
import dev.millrace.gateway.http.Exchange;
import dev.millrace.gateway.http.QueryParameters;
import io.vertx.core.Future;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Tells of executions: {@code GET /api/v1/executions/{id}}, {@code /{id}/trace} and {@code GET
 * /api/v1/workflows/{name}/executions}; owned by the gateway verticle.
 */
public final class ExecutionsHandler {
  private final BackgroundWork work;
  private final Catalog catalog;
  private final History history;
  private final RecordedExecutions executions;

  public ExecutionsHandler(BackgroundWork work, EngineServices engine, History history) {
    this.work = work;
    this.catalog = engine.catalog();
    this.history = history;
    this.executions = new RecordedExecutions(history, engine.plans());
  }

  /** All of one execution. */
  public Future<Answer> one(Exchange exchange) {
    return read(exchange, recorded -> ExecutionJson.of(recorded.masked()));
  }

  /** Where the time of one execution went. */
  public Future<Answer> trace(Exchange exchange) {
    return read(exchange, recorded -> TraceJson.of(recorded.trace()));
  }

  private Future<Answer> read(Exchange exchange, Function<Recorded, JsonNode> writer) {
    exchange.query().allowOnly();
    return executions
        .find(exchange.pathValue("id"))
        .compose(
            found -> {
              Recorded recorded = found.orElseThrow(ExecutionsHandler::unknown);
              return work.run(() -> Answer.json(Json.toBuffer(writer.apply(recorded))));
            });
  }

  /** The executions of one workflow, newest first. */
  public Future<Answer> list(Exchange exchange) {
    QueryParameters query = exchange.query();
    query.allowOnly("namespace", "status", "from", "to", "cursor", "skip", "take");
    String namespace = Namespaces.orDefault(query.value("namespace"), catalog);
    String workflow = exchange.pathValue("name");
    ExecutionQuery wanted =
        new ExecutionQuery(
            namespace,
            workflow,
            status(query.value("status")),
            micros("from", query.value("from"), Long.MIN_VALUE),
            micros("to", query.value("to"), Long.MAX_VALUE),
            cursor(query.value("cursor")),
            query.number("skip", 0, 0, ExecutionQuery.MAXIMUM_SKIP),
            query.number("take", ExecutionQuery.DEFAULT_TAKE, 1, ExecutionQuery.MAXIMUM_TAKE));
    return history.list(wanted).map(page -> answer(page, namespace, workflow));
  }

  private Answer answer(ExecutionPage page, String namespace, String workflow) {
    // A workflow that was deleted keeps its history; only a name that nobody ever used is unknown.
    if (page.total() == 0 && catalog.snapshot().workflow(namespace, workflow) == null) {
      throw Namespaces.unknownWorkflow(namespace, workflow).exception();
    }
    return Answer.json(Json.toBuffer(ExecutionJson.of(page)));
  }

  private static FailureException unknown() {
    return Failure.of(ErrorCode.UnknownExecution, "No execution of this id is on record")
        .exception();
  }

  private static ExecutionStatus status(String name) {
    if (name == null) {
      return null;
    }
    for (ExecutionStatus status : ExecutionStatus.values()) {
      if (status.name().equals(name)) {
        return status;
      }
    }
    throw Failure.of(
            ErrorCode.InvalidRequest,
            "The query parameter status takes one of " + Arrays.toString(ExecutionStatus.values()))
        .exception();
  }

  private static ExecutionCursor cursor(String text) {
    if (text == null) {
      return null;
    }
    try {
      return ExecutionCursor.decode(text);
    } catch (IllegalArgumentException notOne) {
      throw Failure.of(
              ErrorCode.InvalidRequest,
              "The query parameter cursor takes the value of next from the page before, unchanged")
          .exception();
    }
  }

  private static long micros(String name, String value, long whenAbsent) {
    if (value == null) {
      return whenAbsent;
    }
    try {
      Instant instant = OffsetDateTime.parse(value).toInstant();
      return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    } catch (DateTimeException | ArithmeticException e) {
      throw Failure.of(
              ErrorCode.InvalidRequest,
              "The query parameter " + name + " takes an instant such as 2026-11-23T09:00:00Z")
          .exception();
    }
  }
}
