package dev.millrace.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompatCommandTest {

  @TempDir Path directory;

  private final TestConsole console = new TestConsole();

  @Test
  void aNarrowerSchemaIsProved() throws IOException {
    int code =
        console.run(
            "compat",
            file("sub.json", "{\"type\":\"integer\",\"minimum\":1}"),
            file("super.json", "{\"type\":\"number\"}"));

    assertThat(code).isZero();
    assertThat(console.out()).startsWith("proved:");
  }

  @Test
  void aWiderSchemaIsRefutedWithAWitness() throws IOException {
    int code =
        console.run(
            "compat",
            file("sub.json", "{\"type\":\"number\"}"),
            file("super.json", "{\"type\":\"integer\"}"));

    assertThat(code).isEqualTo(1);
    assertThat(console.out()).startsWith("refuted:").containsPattern("witness: -?[0-9.]+");
  }

  @Test
  void whatIsTooMuchForTheProofIsUnproved() throws IOException {
    String all = "{\"type\":\"string\",\"pattern\":\"^(a|b)*a(a|b){18}$\",\"minLength\":900}";
    String one = "{\"type\":\"string\",\"pattern\":\"^(a|b)*b(a|b){17}b$\",\"maxLength\":901}";

    int code = console.run("compat", file("sub.json", all), file("super.json", one));

    // Which of the two it is, is the prover's affair; the code and the word belong together.
    assertThat(console.out()).startsWith(code == 1 ? "refuted:" : "unproved:");
    assertThat(code).isIn(1, 2);
  }

  @Test
  void whatCannotBeComparedHasACodeOfItsOwn() throws IOException {
    String good = file("good.json", "{}");

    assertThat(console.run("compat", good)).isEqualTo(64);
    assertThat(console.run("compat", good, "missing.json")).isEqualTo(64);
    assertThat(console.err()).contains("missing.json cannot be read");
    assertThat(console.run("compat", good, file("broken.json", "{\"type\":"))).isEqualTo(64);
    assertThat(console.err()).contains("broken.json is not JSON").contains("line 1");
    assertThat(console.run("compat", good, file("wrong.json", "{\"type\":\"text\"}")))
        .isEqualTo(64);
    assertThat(console.err()).contains("wrong.json is not a JSON Schema").contains("/type");
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }
}
