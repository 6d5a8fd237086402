package dev.millrace.operator.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The checked-in definitions of both kinds, {@code k8s/crds}; stateless, usable on any thread. */
public final class ResourceDefinitionFiles {
  private static final Duration SERVED = Duration.ofSeconds(60);

  private ResourceDefinitionFiles() {}

  /** The repository's directory {@code k8s}. */
  public static Path directory() {
    return Path.of("..", "k8s").toAbsolutePath().normalize();
  }

  /** All files, in the order of their names. */
  public static List<Path> all() {
    Path crds = directory().resolve("crds");
    if (!Files.isDirectory(crds)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(crds)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Applies all with kubectl, and waits until the server serves them. */
  static void install(TestCluster cluster) {
    Kubectl kubectl = cluster.kubectl();
    for (Path file : all()) {
      kubectl.succeed("apply", "-f", file.toString());
      kubectl.succeed(
          "wait", "--for=condition=Established", "--timeout=30s", "-f", file.toString());
    }
    awaitServed(kubectl);
  }

  /**
   * Waits until the server also describes both kinds, which it does a little later than it serves
   * them: kubectl's own validation and explain need that.
   */
  static void awaitServed(Kubectl kubectl) {
    for (String kind : List.of("workflow", "workflowtask")) {
      await().atMost(SERVED).until(() -> kubectl.run("explain", kind + ".spec").exit() == 0);
    }
  }
}
