package dev.millrace.engine.definition;

import dev.millrace.engine.problem.ResourceName;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;

/** Reads the spec of a WorkflowTask; stateless, usable on any thread. */
final class WorkflowTaskReader {
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration DEFAULT_WINDOW = Duration.ofSeconds(10);
  private static final int MAX_FAILURES = 10_000;
  private static final int MAX_CONCURRENT = 10_000;
  private static final int MAX_QUEUED = 100_000;
  private static final List<String> FIELDS =
      List.of(
          "description",
          "inputSchema",
          "outputSchema",
          "http",
          "idempotent",
          "timeout",
          "retry",
          "circuitBreaker",
          "bulkhead");

  private WorkflowTaskReader() {}

  static WorkflowTask read(
      ResourceName name, JsonNode document, SourceMap source, JsonNode spec, Problems problems) {
    Fields fields = new Fields(spec, "/spec", problems, FIELDS);
    String description = fields.text("description", SpecDefaults.MAX_DESCRIPTION);
    JsonNode inputSchema = fields.get("inputSchema");
    JsonNode outputSchema = fields.get("outputSchema");
    HttpSpec http = HttpReader.read(fields, problems);
    Boolean idempotent = fields.bool("idempotent");
    Duration timeout = fields.duration("timeout");
    return new WorkflowTask(
        name,
        document,
        source,
        SpecDefaults.versionHash(spec),
        description == null ? "" : description,
        inputSchema == null ? SpecDefaults.closedObject() : inputSchema,
        outputSchema == null ? BooleanNode.TRUE : outputSchema,
        http,
        idempotent == null ? http.method().isIdempotent() : idempotent,
        timeout == null ? DEFAULT_TIMEOUT : timeout,
        RetryReader.read(fields, problems),
        circuitBreaker(fields),
        bulkhead(fields));
  }

  private static CircuitBreakerSpec circuitBreaker(Fields spec) {
    Fields fields = spec.object("circuitBreaker", List.of("failureThreshold", "window", "openFor"));
    if (fields == null) {
      return null;
    }
    Integer threshold =
        fields.require("failureThreshold", "how many failures open the circuit")
            ? fields.integer("failureThreshold", 1, MAX_FAILURES)
            : null;
    Duration window = fields.duration("window");
    Duration openFor = fields.duration("openFor");
    return new CircuitBreakerSpec(
        threshold == null ? 1 : threshold,
        window == null ? DEFAULT_WINDOW : window,
        openFor == null ? DEFAULT_TIMEOUT : openFor);
  }

  private static BulkheadSpec bulkhead(Fields spec) {
    Fields fields = spec.object("bulkhead", List.of("maxConcurrent", "maxQueued"));
    if (fields == null) {
      return null;
    }
    Integer concurrent =
        fields.require("maxConcurrent", "how many calls may be in flight")
            ? fields.integer("maxConcurrent", 1, MAX_CONCURRENT)
            : null;
    Integer queued = fields.integer("maxQueued", 0, MAX_QUEUED);
    return new BulkheadSpec(concurrent == null ? 1 : concurrent, queued == null ? 0 : queued);
  }
}
