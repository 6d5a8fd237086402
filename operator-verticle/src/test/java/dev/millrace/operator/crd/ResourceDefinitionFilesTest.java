package dev.millrace.operator.crd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.problem.ResourceKind;
import dev.millrace.operator.testing.ResourceDefinitionFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResourceDefinitionFilesTest {
  @ParameterizedTest
  @EnumSource
  void theFileIsWhatTheTablesSay(ResourceKind kind) throws IOException {
    Path file =
        ResourceDefinitionFiles.directory()
            .resolve("crds")
            .resolve(ResourceDefinitions.plural(kind) + ".yaml");
    String expected = ResourceDefinitions.yaml(kind);
    if (Boolean.getBoolean("millrace.crds.write")) {
      Files.writeString(file, expected);
    }

    assertThat(file)
        .as(
            "write it anew: mvn -q -Dquick -pl operator-verticle -am test"
                + " -Dtest=ResourceDefinitionFilesTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dmillrace.crds.write=true")
        .content()
        .isEqualTo(expected);
  }
}
