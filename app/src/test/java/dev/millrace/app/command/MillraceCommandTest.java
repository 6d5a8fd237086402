package dev.millrace.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MillraceCommandTest {

  private final TestConsole console = new TestConsole();

  @Test
  void helpNamesEveryCommandAndShowsExamples() {
    assertThat(console.run("--help")).isZero();

    assertThat(console.out())
        .contains("demo", "serve", "operator", "validate", "compat", "Examples:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "serve", "operator", "validate", "compat"})
  void everyCommandHasHelpWithExamplesAndExitCodes(String command) {
    assertThat(console.run(command, "--help")).isZero();

    assertThat(console.out()).contains("Examples:", "Exit codes:", "millrace " + command);
  }

  @Test
  void eachProgramHasItsOwnFlags() {
    assertThat(console.run("serve", "--help")).isZero();
    assertThat(console.out()).contains("--http-port").doesNotContain("--webhook-port");

    TestConsole operator = new TestConsole();
    assertThat(operator.run("operator", "--help")).isZero();
    assertThat(operator.out()).contains("--webhook-port").doesNotContain("--max-in-flight");
  }

  @Test
  void definitionsComeFromOnePlace() {
    assertThat(console.run("serve", "--kubernetes", "true", "--definitions", ".")).isEqualTo(2);

    assertThat(console.err()).contains("not both");
  }

  @Test
  void versionIsPrinted() {
    assertThat(console.run("--version")).isZero();

    assertThat(console.out()).startsWith("millrace ");
  }

  @Test
  void anUnknownCommandComesWithTheNearestOne() {
    assertThat(console.run("valdiate")).isEqualTo(2);

    assertThat(console.err()).contains("valdiate").contains("Did you mean: millrace validate");
  }

  @Test
  void noCommandIsAMistakeThatShowsTheUsage() {
    assertThat(console.run()).isEqualTo(2);

    assertThat(console.err()).contains("Missing command").contains("Usage: millrace");
  }

  @Test
  void anUnknownFlagIsAMistake() {
    assertThat(console.run("serve", "--http-prot", "1")).isEqualTo(2);

    assertThat(console.err()).contains("--http-prot").contains("--http-port");
  }

  @Test
  void wrongSettingsAreAllToldBeforeAnythingStarts() {
    TestConsole wrong =
        new TestConsole(Map.of("MILLRACE_HTTP_PORT", "x", "MILLRACE_CLUSTERED", "true"), false);

    assertThat(wrong.run("serve", "--event-loops", "-1")).isEqualTo(2);

    assertThat(wrong.err())
        .contains("MILLRACE_HTTP_PORT: \"x\" does not fit")
        .contains("MILLRACE_CLUSTERED: this setting does not work yet")
        .contains("--event-loops: \"-1\" does not fit");
  }

  @Test
  void serveNeedsADirectoryThatExists() {
    assertThat(console.run("serve")).isEqualTo(2);
    assertThat(console.err()).contains("--definitions or MILLRACE_DEFINITIONS");

    assertThat(console.run("serve", "--definitions", "does/not/exist")).isEqualTo(2);
    assertThat(console.err()).contains("does/not/exist is not a directory");
  }

  @Test
  void demoNeedsADirectoryThatExists() {
    assertThat(console.run("demo", "--upstream-port", "0", "does/not/exist")).isEqualTo(2);

    assertThat(console.err()).contains("does/not/exist is not a directory");
  }
}
