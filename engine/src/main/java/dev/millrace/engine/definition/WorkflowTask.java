package dev.millrace.engine.definition;

import dev.millrace.engine.problem.ResourceName;
import java.time.Duration;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * A reusable, typed HTTP call; defaults are filled in.
 *
 * @param inputSchema JSON Schema of the task's input
 * @param outputSchema JSON Schema of what the task yields
 * @param idempotent whether a call may be repeated though it may have arrived
 * @param timeout of one attempt
 * @param retry the retry fields that are given; null fields take the defaults
 * @param circuitBreaker null when off
 * @param bulkhead null when off
 */
public record WorkflowTask(
    ResourceName name,
    JsonNode document,
    SourceMap source,
    String versionHash,
    String description,
    JsonNode inputSchema,
    JsonNode outputSchema,
    HttpSpec http,
    boolean idempotent,
    Duration timeout,
    RetrySpec retry,
    CircuitBreakerSpec circuitBreaker,
    BulkheadSpec bulkhead)
    implements Resource {
  public WorkflowTask {
    Objects.requireNonNull(name);
    Objects.requireNonNull(inputSchema);
    Objects.requireNonNull(outputSchema);
    Objects.requireNonNull(http);
    Objects.requireNonNull(timeout);
    Objects.requireNonNull(retry);
  }
}
