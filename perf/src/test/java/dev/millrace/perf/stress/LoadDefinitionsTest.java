package dev.millrace.perf.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.definition.ReadResult;
import dev.millrace.engine.definition.ResourceReader;
import dev.millrace.engine.validation.DefinitionValidator;
import dev.millrace.engine.validation.ResourceSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadDefinitionsTest {
  @TempDir Path directory;

  @Test
  void writesValidDefinitionsAndAnInputForEach() throws IOException {
    Path definitions = directory.resolve("definitions");
    Path inputs = directory.resolve("inputs");

    LoadDefinitions.write(definitions, 9);
    LoadDefinitions.writeInputs(inputs);

    List<ReadResult> read = new ArrayList<>();
    try (Stream<Path> files = Files.list(definitions)) {
      for (Path file : files.toList()) {
        read.add(ResourceReader.read(file.toString(), Files.readString(file), "default"));
      }
    }
    ResourceSet resources =
        new ResourceSet(
            read.stream().flatMap(file -> file.resources().stream()).toList(),
            read.stream().flatMap(file -> file.problems().stream()).toList());
    assertThat(DefinitionValidator.validate(resources).problems()).isEmpty();
    for (String workflow :
        List.of("single", "chain3-durable", "fan10-buffered", "delayed", "many-lines")) {
      assertThat(definitions.resolve(workflow + ".yaml")).exists();
      assertThat(inputs.resolve(workflow + ".json"))
          .content()
          .isEqualTo(LoadDefinitions.input(workflow));
    }
  }

  @Test
  void knowsNoInputOfWhatIsNoWorkflow() {
    assertThat(LoadDefinitions.input("nobody")).isNull();
    assertThat(LoadDefinitions.input("nobody-durable")).isNull();
  }
}
