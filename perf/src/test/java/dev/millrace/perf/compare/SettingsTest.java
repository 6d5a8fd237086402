package dev.millrace.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.perf.process.Bench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SettingsTest {

  @Test
  void namesTheOptionThatIsOutOfRange() {
    assertThatThrownBy(() -> settings(0, 1)).hasMessageContaining("--connections: must be between");
    assertThatThrownBy(() -> settings(64, 51)).hasMessageContaining("--rounds: must be between");
    assertThat(settings(64, 5).connections()).containsExactly(64);
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

    assertThat(script).contains("serving=\"" + Bench.SERVE_FLAGS + "\"");
  }

  @Test
  void readsTheCommandLine() {
    Settings settings =
        parse(
            "--shape",
            "chain3-20ms,diamond",
            "--connections=1,64",
            "--open=50,80",
            "--mode=buffered");

    assertThat(settings.shapes()).containsExactly(Shape.CHAIN3_20MS, Shape.DIAMOND);
    assertThat(settings.connections()).containsExactly(1, 64);
    assertThat(settings.saturating()).isEqualTo(new Load.Closed(64));
    assertThat(settings.openPercents()).containsExactly(50, 80);
    assertThat(settings.comparison()).isEqualTo("buffered");
    assertThat(parse("--shapes=all").shapes()).containsExactly(Shape.values());
  }

  @Test
  void comparesItsOwnModesOnReads() {
    Settings settings = parse("--against", "buffered");

    assertThat(settings.mode()).isEqualTo(Mode.DURABLE);
    assertThat(settings.shapes()).containsExactly(Shape.READS3);
    assertThat(settings.comparison()).isEqualTo("durable-against-buffered");
    assertThatThrownBy(() -> parse("--against=buffered", "--mode=none"))
        .hasMessageContaining("--against buffered");
  }

  @Test
  void judgesWithEnoughRoundsOnly() {
    assertThatThrownBy(() -> parse("--gate=ratios.json", "--rounds=2"))
        .hasMessageContaining("at least 3 rounds");
    assertThatThrownBy(() -> parse("--write-ratios=ratios.json", "--rounds=1"))
        .hasMessageContaining("at least 3 rounds");
  }

  private static Settings parse(String... arguments) {
    Options options = new Options();
    CommandLine commandLine =
        new CommandLine(CommandLine.Model.CommandSpec.forAnnotatedObject(options))
            .setCaseInsensitiveEnumValuesAllowed(true);
    List<String> all = new ArrayList<>(List.of("--home=perf", "--work=work"));
    all.addAll(List.of(arguments));
    commandLine.parseArgs(all.toArray(String[]::new));
    return options.settings();
  }

  private static Settings settings(int connections, int rounds) {
    return parse("--connections=" + connections, "--rounds=" + rounds);
  }
}
