package dev.millrace.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryDefinitionSourceIT {
  private final Vertx vertx = Vertx.vertx();
  private final Catalog catalog = new Catalog("default", SimpleValidator::validate);
  private DirectoryDefinitionSource source;

  @TempDir Path directory;

  @AfterEach
  void close() throws Exception {
    if (source != null) {
      finish(source.stop());
    }
    finish(vertx.close());
  }

  private static <T> T finish(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  /** Follows by events alone: the rescan comes too late for the test. */
  private void start() throws Exception {
    source = DirectoryDefinitionSource.create(vertx, directory, catalog, Duration.ofMinutes(10));
    finish(source.start());
  }

  private Path write(String file, String text) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  private static String task(String name, String description) {
    return """
        apiVersion: millrace.dev/v1
        kind: WorkflowTask
        metadata: { name: %s }
        spec:
          description: %s
          inputSchema: { type: object }
          outputSchema: { type: object }
          http: { method: GET, url: "http://127.0.0.1:1/" }
        """
        .formatted(name, description);
  }

  private List<String> names() {
    return catalog.snapshot().tasks().stream()
        .map(entry -> entry.definition().name().name())
        .toList();
  }

  private String description(String name) {
    TaskEntry entry = catalog.snapshot().task("default", name);
    return entry == null ? null : entry.compiled().definition().description();
  }

  @Test
  void readsEveryDepthAndLeavesHiddenFilesOut() throws Exception {
    write("b.yaml", task("b", "x"));
    write("deep/er/a.yml", task("a", "x"));
    write(".hidden.yaml", task("hidden", "x"));
    write(".git/c.yaml", task("in-hidden", "x"));
    write("notes.txt", "not a definition");

    start();

    assertThat(names()).containsExactly("a", "b");
    assertThat(catalog.snapshot().resources().get(0).name().name()).isEqualTo("b");
  }

  @Test
  void followsAnAtomicSave() throws Exception {
    write("a.yaml", task("a", "one"));
    start();

    Path saved = write(".a.yaml.swp", task("a", "two"));
    Files.move(saved, directory.resolve("a.yaml"), StandardCopyOption.ATOMIC_MOVE);

    await().until(() -> "two".equals(description("a")));
  }

  @Test
  void followsNewAndDeletedFilesAndDirectories() throws Exception {
    write("a.yaml", task("a", "x"));
    start();

    write("new/b.yaml", task("b", "x"));
    await().until(() -> names().equals(List.of("a", "b")));
    write("new/er/c.yaml", task("c", "x"));
    await().until(() -> names().equals(List.of("a", "b", "c")));
    Files.delete(directory.resolve("a.yaml"));
    await().until(() -> names().equals(List.of("b", "c")));
  }

  @Test
  void aBrokenFileKeepsServingWhatItHeld() throws Exception {
    write("a.yaml", task("a", "one"));
    write("b.yaml", task("b", "one"));
    start();

    write("a.yaml", "apiVersion: [\n");
    await().until(() -> !catalog.snapshot().task("default", "a").ready());

    TaskEntry entry = catalog.snapshot().task("default", "a");
    assertThat(entry.servingOlder() || entry.compiled() != null).isTrue();
    assertThat(entry.problems()).isNotEmpty();
    assertThat(catalog.snapshot().task("default", "b").ready()).isTrue();
    assertThat(catalog.snapshot().problems()).anyMatch(p -> p.resource().equals("a.yaml"));
    Files.write(directory.resolve("a.yaml"), new byte[] {(byte) 0xC3, (byte) 0x28});
    await()
        .until(
            () ->
                catalog.snapshot().problems().stream()
                    .anyMatch(p -> p.message().contains("not UTF-8")));
    assertThat(description("a")).isEqualTo("one");
    write("a.yaml", task("a", "mended"));
    await().until(() -> catalog.snapshot().task("default", "a").ready());
    assertThat(description("a")).isEqualTo("mended");
  }

  @Test
  void aResourceThatMovesOutOfABrokenFileIsTakenFromItsNewPlace() throws Exception {
    write("a.yaml", task("a", "one"));
    start();

    write("a.yaml", "apiVersion: [\n");
    write("z.yaml", task("a", "two"));

    await().until(() -> "two".equals(description("a")));
    assertThat(catalog.snapshot().task("default", "a").ready()).isTrue();
  }

  @Test
  void followsTheLinksOfAMountedConfigMap() throws Exception {
    write("..2026_1/a.yaml", task("a", "one"));
    Files.createSymbolicLink(directory.resolve("..data"), Path.of("..2026_1"));
    Files.createSymbolicLink(directory.resolve("a.yaml"), Path.of("..data", "a.yaml"));
    start();
    assertThat(description("a")).isEqualTo("one");

    write("..2026_2/a.yaml", task("a", "two"));
    Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of("..2026_2"));
    Files.move(
        directory.resolve("..data_tmp"),
        directory.resolve("..data"),
        StandardCopyOption.ATOMIC_MOVE);

    await().until(() -> "two".equals(description("a")));
  }

  @Test
  void survivesLinksThatLeadNowhereOrInCircles() throws Exception {
    write("a.yaml", task("a", "x"));
    Files.createSymbolicLink(directory.resolve("circle"), directory);
    Files.createSymbolicLink(directory.resolve("gone.yaml"), Path.of("nowhere"));
    Files.createDirectory(directory.resolve("directory.yaml"));

    start();

    assertThat(names()).containsExactly("a");
    assertThat(catalog.snapshot().problems())
        .extracting(problem -> problem.resource())
        .containsExactly("gone.yaml");
  }

  @Test
  void looksAgainWhereNoEventsCome() throws Exception {
    source = DirectoryDefinitionSource.create(vertx, directory, catalog, Duration.ofMillis(50));
    finish(source.start());
    Path elsewhere = Files.createTempDirectory("millrace-test");
    Files.createSymbolicLink(directory.resolve("link"), elsewhere);
    await().until(() -> catalog.snapshot().generation() == 1);

    Files.writeString(elsewhere.resolve("a.yaml"), task("a", "x"));

    await().until(() -> names().equals(List.of("a")));
    long generation = catalog.snapshot().generation();
    assertThat(generation).isEqualTo(2);
  }

  @Test
  void keepsServingWhenTheDirectoryIsGone() throws Exception {
    Path root = Files.createDirectory(directory.resolve("root"));
    Files.writeString(root.resolve("a.yaml"), task("a", "x"));
    source = DirectoryDefinitionSource.create(vertx, root, catalog, Duration.ofMillis(20));
    finish(source.start());

    Files.move(root, directory.resolve("away"));
    Path back = directory.resolve("back");
    Files.createDirectory(back);
    Files.writeString(back.resolve("b.yaml"), task("b", "x"));
    assertThat(names()).containsExactly("a");
    Files.move(back, root);

    await().until(() -> names().equals(List.of("b")));
  }

  @Test
  void cannotStartWithoutItsDirectory() {
    source = DirectoryDefinitionSource.create(vertx, directory.resolve("nowhere"), catalog);

    Future<Void> started = source.start();

    await().until(started::isComplete);
    assertThat(started.cause()).hasMessageContaining("is not a directory");
    assertThatIllegalStateException().isThrownBy(() -> source.start());
  }

  @Test
  void canBeStoppedBeforeItStarts() throws Exception {
    source = DirectoryDefinitionSource.create(vertx, directory, catalog);

    finish(source.stop());
  }
}
