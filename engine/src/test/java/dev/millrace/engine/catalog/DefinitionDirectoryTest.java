package dev.millrace.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.validation.ResourceSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionDirectoryTest {
  private static final String TASK =
      """
      apiVersion: millrace.dev/v1
      kind: WorkflowTask
      metadata: { name: a }
      spec:
        inputSchema: { type: object }
        outputSchema: { type: object }
        http: { method: GET, url: "http://127.0.0.1:1/" }
      """;

  @TempDir Path root;

  @Test
  void readsAnEmptyDirectoryOnceAndNotAgain() throws IOException {
    DefinitionDirectory directory = new DefinitionDirectory(root, "default");

    assertThat(directory.read().resources()).isEmpty();
    assertThat(directory.read()).isNull();
  }

  @Test
  void givesTheDefaultNamespaceToThoseWithoutOne() throws IOException {
    Files.writeString(root.resolve("a.yaml"), TASK);

    ResourceSet set = new DefinitionDirectory(root, "shop").read();

    assertThat(set.resources().get(0).name()).hasToString("WorkflowTask/shop/a");
  }

  @Test
  void keepsWhatLiesInADirectoryThatCannotBeListedAnyMore() throws IOException {
    Files.createDirectory(root.resolve("sub"));
    Files.writeString(root.resolve("sub/a.yaml"), TASK);
    DefinitionDirectory directory = new DefinitionDirectory(root, "default");
    directory.read();

    ResourceSet set =
        directory.read(
            new DirectoryScan(
                List.of(),
                List.of(root),
                List.of("sub/"),
                List.of(DefinitionFile.problem("sub", "The directory may not be listed", null))));

    assertThat(set.resources()).hasSize(1);
    assertThat(set.readProblems())
        .extracting(problem -> problem.resource())
        .containsExactly("sub", "WorkflowTask/default/a");
  }

  @Test
  void refusesAFileThatIsTooLarge() throws IOException {
    Files.writeString(root.resolve("a.yaml"), "#".repeat(DefinitionFile.MAX_BYTES + 1));

    ResourceSet set = new DefinitionDirectory(root, "default").read();

    assertThat(set.readProblems().get(0).message()).contains("larger than");
  }

  @Test
  void doesNotWaitForAPipe() throws Exception {
    Path pipe = root.resolve("pipe.yaml");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    ResourceSet set = new DefinitionDirectory(root, "default").read();

    assertThat(set.readProblems().get(0).message()).isEqualTo("This is not a regular file");
  }

  @Test
  void leavesOutWhatIsMoreThanItsLimit() throws IOException {
    for (int file = 0; file <= DirectoryScan.MAX_FILES; file++) {
      Files.createFile(root.resolve("f" + file + ".yaml"));
    }

    DirectoryScan scan = DirectoryScan.of(root);

    assertThat(scan.files()).hasSize(DirectoryScan.MAX_FILES);
    assertThat(scan.problems().get(0).message()).contains("more than 10000 definition files");
  }

  @Test
  void aDirectoryThatCannotBeWatchedIsLeftToTheRescans() throws IOException {
    try (DirectoryWatch watch = DirectoryWatch.open()) {
      assertThat(watch.register(List.of(root.resolve("gone")))).isFalse();
      assertThat(watch.register(List.of(root))).isTrue();
      assertThat(watch.register(List.of(root))).isFalse();
      assertThat(watch.register(List.of())).isFalse();
      assertThat(watch.register(List.of(root))).isTrue();
    }
  }
}
