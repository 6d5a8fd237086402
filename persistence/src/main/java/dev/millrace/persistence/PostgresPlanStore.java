package dev.millrace.persistence;

import dev.millrace.engine.journal.PinnedDefinition;
import dev.millrace.engine.journal.PlanStore;
import dev.millrace.engine.journal.PlanVersion;
import dev.millrace.engine.json.Json;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The plans in PostgreSQL; one for the process, used on any thread. */
public final class PostgresPlanStore implements PlanStore {
  private static final String KEEP =
      "insert into plan_version (hash, namespace, workflow, workflow_hash, document, tasks)"
          + " values ($1, $2, $3, $4, $5::text::json, $6::text::json) on conflict do nothing";
  private static final String FIND =
      "select hash, namespace, workflow, workflow_hash, document::text as document, tasks::text as tasks"
          + " from plan_version where hash = $1";

  private final Pool pool;

  PostgresPlanStore(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Future<Void> keep(PlanVersion plan) {
    ArrayNode tasks = JsonNodeFactory.instance.arrayNode(plan.tasks().size());
    for (PinnedDefinition task : plan.tasks()) {
      tasks
          .addObject()
          .put("name", task.name())
          .put("versionHash", task.versionHash())
          .set("document", task.document());
    }
    PinnedDefinition workflow = plan.workflow();
    return pool.preparedQuery(KEEP)
        .execute(
            Tuple.of(
                plan.hash(),
                plan.namespace(),
                workflow.name(),
                workflow.versionHash(),
                Json.toText(workflow.document()),
                Json.toText(tasks)))
        .mapEmpty();
  }

  @Override
  public Future<Optional<PlanVersion>> find(String hash) {
    return pool.preparedQuery(FIND)
        .execute(Tuple.of(hash))
        .map(
            rows ->
                rows.size() == 0 ? Optional.empty() : Optional.of(plan(rows.iterator().next())));
  }

  private static PlanVersion plan(Row row) {
    List<PinnedDefinition> tasks = new ArrayList<>();
    for (JsonNode task : ExecutionRows.json(row, "tasks")) {
      tasks.add(
          new PinnedDefinition(
              task.path("name").asString(),
              task.path("versionHash").asString(),
              task.path("document")));
    }
    return new PlanVersion(
        row.getString("hash"),
        row.getString("namespace"),
        new PinnedDefinition(
            row.getString("workflow"),
            row.getString("workflow_hash"),
            ExecutionRows.json(row, "document")),
        tasks);
  }
}
