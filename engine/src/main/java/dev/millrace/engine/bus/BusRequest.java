package dev.millrace.engine.bus;

import dev.millrace.engine.execution.ExecutionRequest;
import dev.millrace.engine.execution.ResultDetail;
import dev.millrace.engine.json.InvalidJsonException;
import dev.millrace.engine.json.VertxJson;
import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import dev.millrace.engine.problem.FailureException;
import dev.millrace.engine.task.Cancellation;
import dev.millrace.engine.task.TraceContext;
import dev.millrace.engine.text.NearestName;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A request that came over the event bus, read from {@code {workflow, namespace?, input,
 * timeoutMs?, detail?}}; immutable.
 *
 * @param namespace null for the default namespace
 * @param timeoutMillis 0 when there is none
 */
record BusRequest(
    String workflow, String namespace, JsonNode input, long timeoutMillis, ResultDetail detail) {
  private static final List<String> FIELDS =
      List.of("workflow", "namespace", "input", "timeoutMs", "detail");

  /**
   * Reads a message's body.
   *
   * @throws FailureException where it is not such a request
   */
  static BusRequest read(Object body) {
    if (!(body instanceof JsonObject request)) {
      throw invalid("the body must be a JsonObject with workflow and input");
    }
    for (String field : request.fieldNames()) {
      if (!FIELDS.contains(field)) {
        String suggestion = NearestName.suggestion(field, FIELDS);
        throw invalid(
            "'" + shown(field) + "' is not known" + (suggestion == null ? "" : ". " + suggestion));
      }
    }
    String workflow = text(request, "workflow");
    if (workflow == null) {
      throw invalid("'workflow' is missing: the name of the workflow to run");
    }
    if (!request.containsKey("input")) {
      throw invalid("'input' is missing: what to run the workflow with");
    }
    return new BusRequest(
        workflow,
        text(request, "namespace"),
        input(request),
        timeout(request),
        ResultDetail.of(text(request, "detail")));
  }

  private static String shown(String name) {
    return name.length() <= 100 ? name : name.substring(0, 100) + "...";
  }

  private static String text(JsonObject request, String field) {
    Object value = request.getValue(field);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw invalid("'" + field + "' must be a string");
  }

  private static JsonNode input(JsonObject request) {
    try {
      return VertxJson.fromVertx(request.getValue("input"));
    } catch (InvalidJsonException refused) {
      throw Failure.of(ErrorCode.InvalidJson, "'input': " + refused.getMessage()).exception();
    }
  }

  private static long timeout(JsonObject request) {
    Object value = request.getValue("timeoutMs");
    if (value == null) {
      return 0;
    }
    boolean whole = value instanceof Integer || value instanceof Long;
    if (!whole || ((Number) value).longValue() < 1) {
      throw invalid("'timeoutMs' must be a whole number of milliseconds, at least 1");
    }
    return ((Number) value).longValue();
  }

  private static FailureException invalid(String detail) {
    return Failure.of(ErrorCode.InvalidRequest, detail).exception();
  }

  /**
   * The wish behind this; nobody can take it back, as the bus does not tell of callers that left.
   */
  ExecutionRequest toExecution(MultiMap headers) {
    var trace = new TraceContext(headers.get("traceparent"), headers.get("tracestate"));
    return new ExecutionRequest(
        namespace, workflow, input, timeoutMillis, trace, new Cancellation());
  }
}
