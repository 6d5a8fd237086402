package dev.millrace.perf.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.journal.DefinitionChange;
import dev.millrace.engine.journal.PinnedDefinition;
import dev.millrace.engine.journal.PlanVersion;
import dev.millrace.engine.problem.ResourceKind;
import dev.millrace.engine.problem.ResourceName;
import dev.millrace.persistence.Database;
import dev.millrace.persistence.DatabaseOptions;
import dev.millrace.persistence.DatabaseUrl;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class RecordServerIT {
  private static final JsonNode DOCUMENT = JsonNodeFactory.instance.objectNode();

  @TempDir Path directory;

  @Test
  void aWorkflowIsOnRecordWithItsDefinitionAndItsPlan() throws Exception {
    Vertx vertx = Vertx.vertx();
    try (RecordServer server = RecordServer.start(directory, "test").withTables()) {
      DatabaseUrl url = DatabaseUrl.parse(server.url());
      Database database = get(Database.open(vertx, url, DatabaseOptions.DEFAULT));

      get(database.definitions().record(saved(ResourceKind.WorkflowTask, "fetch")));
      get(database.definitions().record(saved(ResourceKind.Workflow, "page")));
      assertThat(server.recordedWorkflows()).isZero();

      PinnedDefinition workflow = new PinnedDefinition("page", "sha256:1", DOCUMENT);
      get(database.plans().keep(PlanVersion.of("default", workflow, List.of())));
      assertThat(server.recordedWorkflows()).isEqualTo(1);

      get(database.close());
    } finally {
      get(vertx.close());
    }
  }

  private static DefinitionChange saved(ResourceKind kind, String name) {
    ResourceName resource = new ResourceName(kind, "default", name);
    return DefinitionChange.saved(resource, "sha256:1", DOCUMENT, null, "test", 1);
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
