package dev.millrace.engine.definition;

import dev.millrace.engine.problem.ResourceName;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * A DAG of tasks; defaults are filled in.
 *
 * @param output any JSON with templates: what an execution answers
 * @param outputSchema null when it is to be inferred from the mapping
 * @param timeout of a whole execution
 * @param maxConcurrency tasks of one execution in flight
 * @param recovery what becomes of an execution whose gateway died
 * @param route null when the workflow has no endpoint of its own
 */
public record Workflow(
    ResourceName name,
    JsonNode document,
    SourceMap source,
    String versionHash,
    String description,
    JsonNode inputSchema,
    List<TaskStep> tasks,
    JsonNode output,
    JsonNode outputSchema,
    Duration timeout,
    int maxConcurrency,
    Durability durability,
    RecoveryPolicy recovery,
    RouteSpec route)
    implements Resource {
  public Workflow {
    Objects.requireNonNull(name);
    Objects.requireNonNull(inputSchema);
    Objects.requireNonNull(output);
    Objects.requireNonNull(timeout);
    Objects.requireNonNull(durability);
    Objects.requireNonNull(recovery);
    tasks = List.copyOf(tasks);
  }
}
