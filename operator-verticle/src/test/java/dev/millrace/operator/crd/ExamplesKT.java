package dev.millrace.operator.crd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.definition.ReadResult;
import dev.millrace.engine.definition.Resource;
import dev.millrace.engine.definition.ResourceReader;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.json.VersionHash;
import dev.millrace.engine.validation.DefinitionValidator;
import dev.millrace.engine.validation.ResourceSet;
import dev.millrace.operator.testing.ApiServer;
import dev.millrace.operator.testing.Kubectl;
import dev.millrace.operator.testing.ResourceDefinitionFiles;
import dev.millrace.operator.testing.TestCluster;
import dev.millrace.operator.testing.TestNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same YAML means the same from a directory and from kubectl, to the version hash. */
@ExtendWith(ApiServer.class)
class ExamplesKT {
  static List<Path> directories() throws IOException {
    Path repository = ResourceDefinitionFiles.directory().getParent();
    List<Path> directories = new ArrayList<>(List.of(repository.resolve("k8s/examples")));
    try (Stream<Path> examples = Files.list(repository.resolve("examples"))) {
      examples.filter(Files::isDirectory).sorted().forEach(directories::add);
    }
    return directories;
  }

  @ParameterizedTest
  @MethodSource("directories")
  void kubectlStoresWhatTheDirectorySays(
      Path directory, TestCluster cluster, TestNamespace namespace) throws Exception {
    List<Resource> resources = read(directory);
    Kubectl kubectl = cluster.kubectl();

    // Without --server-side, kubectl drops every member that is null.
    kubectl.succeed("apply", "--server-side", "-n", namespace.name(), "-f", directory.toString());

    for (Resource resource : resources) {
      String kind = resource.name().kind().name().toLowerCase(Locale.ROOT);
      String stored =
          kubectl.succeed(
              "get", kind, resource.name().name(), "-n", namespace.name(), "-o", "json");
      assertThat(VersionHash.of(Json.read(stored).get("spec")))
          .as("%s", resource.name())
          .isEqualTo(resource.versionHash());
    }
  }

  /** All resources of a directory, which must be without any problem. */
  private static List<Resource> read(Path directory) throws IOException {
    List<Resource> resources = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).sorted().toList()) {
        ReadResult read = ResourceReader.read(file.toString(), Files.readString(file), "default");
        assertThat(read.problems()).isEmpty();
        resources.addAll(read.resources());
      }
    }
    assertThat(DefinitionValidator.validate(new ResourceSet(resources, List.of())).problems())
        .isEmpty();
    return resources;
  }
}
