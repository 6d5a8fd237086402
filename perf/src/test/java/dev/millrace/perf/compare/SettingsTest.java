package dev.millrace.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsTest {

  @Test
  void namesTheOptionThatIsOutOfRange() {
    assertThatThrownBy(() -> settings(0, 1)).hasMessageContaining("--connections: must be between");
    assertThatThrownBy(() -> settings(64, 51)).hasMessageContaining("--rounds: must be between");
    assertThat(settings(64, 5).connections()).isEqualTo(64);
  }

  @Test
  void namesTheKnownShapes() {
    assertThat(Shape.of("chain3")).isEqualTo(Shape.CHAIN3);
    assertThatThrownBy(() -> Shape.of("chain"))
        .hasMessage(
            "--shapes: there is no shape \"chain\"; known are single, chain3, fan10, diamond, large,"
                + " chain3-20ms, reads3");
    assertThat(Shape.of("chain3-20ms")).isEqualTo(Shape.CHAIN3_20MS);
    assertThat(Shape.CHAIN3_20MS.path()).isEqualTo("/api/v1/workflows/chain3-20ms/execute");
  }

  @Test
  void theLargeDocumentHasTheSizeItIsSaidToHave() {
    assertThat(Shape.LARGE.input().length()).isBetween(100_000, 100_300);
  }

  @Test
  void findsTheProcessorsName() {
    assertThat(Surroundings.model("processor\t: 0\nmodel name\t: AMD EPYC\n")).contains("AMD EPYC");
    assertThat(Surroundings.model("processor\t: 0\n")).isEmpty();
  }

  /** The flags are part of what is measured: the program's own, for both contestants. */
  @Test
  void givesBothContestantsTheFlagsOfTheProgram() throws IOException {
    String script = Files.readString(Path.of("..", "millrace"));

    assertThat(script).contains("serve | demo | operator) options=\"" + Compare.SERVE_FLAGS + "\"");
  }

  private static Settings settings(int connections, int rounds) {
    return new Settings(
        Settings.Engine.MILLRACE,
        Mode.NONE,
        List.of(Shape.SINGLE),
        connections,
        10,
        rounds,
        10,
        1,
        1,
        2,
        0,
        List.of(),
        Optional.empty(),
        Path.of("perf"),
        Path.of("work"));
  }
}
