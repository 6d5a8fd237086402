package dev.millrace.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.catalog.Catalog;
import dev.millrace.engine.catalog.CatalogEntry;
import dev.millrace.engine.catalog.DirectoryDefinitionSource;
import dev.millrace.engine.plan.ExecutionPlan;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionsTest {
  @TempDir Path directory;

  @Test
  void everyShapeIsAValidWorkflowWithItsEffects() throws Exception {
    Definitions.write(directory, 9);
    Vertx vertx = Vertx.vertx();
    Catalog catalog = new Catalog("default");

    DirectoryDefinitionSource.create(vertx, directory, catalog, namespace -> true)
        .start()
        .toCompletionStage()
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);

    for (Shape shape : Shape.ALL) {
      CatalogEntry entry = catalog.snapshot().workflow("default", shape.name());
      assertThat(entry.problems()).isEmpty();
      ExecutionPlan plan = entry.plan();
      for (Step step : shape.steps()) {
        assertThat(plan.task(plan.slot(step.id())).effect()).isEqualTo(step.effect());
      }
    }
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
