package dev.millrace.perf.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.catalog.Catalog;
import dev.millrace.engine.catalog.CatalogSnapshot;
import dev.millrace.engine.definition.ReadResult;
import dev.millrace.engine.definition.ResourceReader;
import dev.millrace.engine.validation.ResourceSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedWorkflowsTest {
  @TempDir Path directory;

  @Test
  void writesAsManyCopiesAsWanted() throws IOException {
    GeneratedWorkflows.copies(directory, 205, "Buffered", 9);

    CatalogSnapshot snapshot = served();
    assertThat(snapshot.problems()).isEmpty();
    assertThat(snapshot.workflow("default", "chain3-0").plan()).isNotNull();
    assertThat(snapshot.workflow("default", "chain3-204").plan()).isNotNull();
    assertThat(snapshot.workflow("default", "chain3-205")).isNull();
  }

  @Test
  void writesChainsAndFansOfEverySize() throws IOException {
    GeneratedWorkflows.sizes(directory, List.of(3, 200), 9);

    CatalogSnapshot snapshot = served();
    assertThat(snapshot.problems()).isEmpty();
    assertThat(snapshot.workflow("default", "chain-200").plan().graph().levelCount())
        .isEqualTo(200);
    assertThat(snapshot.workflow("default", "fan-200").plan().graph().levelCount()).isEqualTo(2);
  }

  private CatalogSnapshot served() throws IOException {
    List<ReadResult> read = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        read.add(ResourceReader.read(file.toString(), Files.readString(file), "default"));
      }
    }
    return new Catalog("default")
        .update(
            new ResourceSet(
                read.stream().flatMap(file -> file.resources().stream()).toList(),
                read.stream().flatMap(file -> file.problems().stream()).toList()));
  }
}
