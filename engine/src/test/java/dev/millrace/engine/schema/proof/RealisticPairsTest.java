package dev.millrace.engine.schema.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.schema.CompiledSchema;
import dev.millrace.engine.schema.Json;
import dev.millrace.engine.schema.SchemaView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Pairs of schemas as they occur between services, each with the right verdict. */
class RealisticPairsTest {

  @Test
  void nearlyAllPairsAreDecidedAndNoneWrongly() throws Exception {
    List<String> undecided = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    List<Path> files = files();
    for (Path file : files) {
      JsonNode pair = Json.of(read(file));
      String name = file.getFileName().toString();
      Proof proof = prove(pair);
      String expected = pair.get("expect").asString();
      if (proof instanceof Proof.Unproved unproved) {
        undecided.add(name + ": " + unproved.reason());
      } else if (proof instanceof Proof.Refuted != expected.equals("refuted")) {
        wrong.add(name + ": " + proof);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(files).hasSizeGreaterThanOrEqualTo(60);
    assertThat(undecided).hasSizeLessThanOrEqualTo(files.size() / 20);
  }

  @Test
  void everyWitnessIsOne() throws Exception {
    for (Path file : files()) {
      JsonNode pair = Json.of(read(file));
      if (prove(pair) instanceof Proof.Refuted refuted) {
        assertThat(CompiledSchema.compile(pair.get("sub")).accepts(refuted.witness()))
            .as(file.toString())
            .isTrue();
        assertThat(CompiledSchema.compile(pair.get("sup")).accepts(refuted.witness()))
            .as(file.toString())
            .isFalse();
        assertThat(refuted.reason()).as(file.toString()).isNotBlank();
      }
    }
  }

  private static Proof prove(JsonNode pair) {
    return SubschemaProver.prove(SchemaView.of(pair.get("sub")), SchemaView.of(pair.get("sup")));
  }

  static List<Path> files() {
    try (Stream<Path> files =
        Files.list(Path.of(RealisticPairsTest.class.getResource("/schema/pairs").toURI()))) {
      return files.sorted().toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
