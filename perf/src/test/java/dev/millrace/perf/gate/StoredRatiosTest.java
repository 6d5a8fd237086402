package dev.millrace.perf.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredRatiosTest {
  @TempDir Path directory;

  @Test
  void keepWhatWasWrittenAndReplaceOneShape() throws IOException {
    Path file = directory.resolve("ratios.json");

    StoredRatios.read(file)
        .with(List.of("machine: a"), "none", "chain3", Map.of("cpu", 1.3))
        .with(List.of("machine: b"), "none", "fan10", Map.of("cpu", 1.2))
        .write(file);

    StoredRatios read = StoredRatios.read(file);
    assertThat(read.require("none", "chain3", "cpu")).isEqualTo(1.3);
    assertThat(read.require("none", "fan10", "cpu")).isEqualTo(1.2);
    assertThat(read.measuredOn()).containsExactly("machine: b");
  }

  @Test
  void aRatioThatIsNotStoredIsAnError() throws IOException {
    StoredRatios none = StoredRatios.read(directory.resolve("absent.json"));

    assertThatThrownBy(() -> none.require("none", "chain3", "cpu"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no ratio is stored for none, chain3, cpu")
        .hasMessageContaining("--write-ratios");
    assertThatThrownBy(
            () ->
                none.with(List.of(), "none", "chain3", Map.of("cpu", -1.0))
                    .require("none", "chain3", "cpu"))
        .hasMessageContaining("must be a positive number");
  }

  @Test
  void aFileThatHoldsSomethingElseIsNamed() throws IOException {
    Path file = Files.writeString(directory.resolve("ratios.json"), "{\"x\":1}");

    assertThatThrownBy(() -> StoredRatios.read(file)).hasMessageContaining("ratios.json");
    Files.writeString(file, "{}");
    assertThatThrownBy(() -> StoredRatios.read(file)).hasMessageContaining("does not hold ratios");
  }

  /** What ./verify judges is stored in this repository. */
  @Test
  void theRepositoryHoldsThoseOfTheGate() throws IOException {
    StoredRatios stored = StoredRatios.read(Path.of("ratios.json"));

    for (String measure : List.of("cpu", "allocated")) {
      assertThat(stored.require("none", "chain3", measure)).isPositive();
      assertThat(stored.require("none", "fan10", measure)).isPositive();
      assertThat(stored.require("buffered", "chain3", measure)).isPositive();
    }
  }
}
