package dev.millrace.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateCommandTest {

  private static final Path EXAMPLES = Path.of("..", "examples");

  @TempDir Path directory;

  private final TestConsole console = new TestConsole();

  @Test
  void theExamplesHaveNoProblems() {
    assertThat(console.run("validate", EXAMPLES.toString())).as(console.out()).isZero();

    assertThat(console.out()).contains("8 files, 21 resources").contains("no problems");
  }

  @Test
  void aTypingMistakeIsShownInItsLine() throws IOException {
    Path tasks = EXAMPLES.resolve("product-page/tasks.yaml");
    Path workflow = EXAMPLES.resolve("product-page/workflow.yaml");
    String text = Files.readString(workflow).replace("    - id: stock", "    - idd: stock");
    Path wrong = Files.writeString(directory.resolve("wrong.yaml"), text);

    assertThat(console.run("validate", tasks.toString(), wrong.toString())).isEqualTo(1);

    assertThat(console.out())
        .containsPattern("wrong\\.yaml:[0-9]+:[0-9]+: error UnknownField: ")
        .contains(" |     - idd: stock")
        .contains("  docs: ");
  }

  @Test
  void theOtherFormatsAreForMachines() throws IOException {
    Path file = Files.writeString(directory.resolve("broken.yaml"), "kind: Workflow\n");

    assertThat(console.run("validate", "--format", "json", file.toString())).isEqualTo(1);
    assertThat(console.out()).startsWith("{").contains("\"valid\" : false");

    TestConsole other = new TestConsole();
    assertThat(other.run("validate", "--format", "junit", file.toString())).isEqualTo(1);
    assertThat(other.out()).startsWith("<?xml").contains("<failure");
  }

  @Test
  void hiddenFilesAndOtherEndingsAreLeftOut() throws IOException {
    Files.createDirectories(directory.resolve(".git"));
    Files.writeString(directory.resolve(".git/x.yaml"), "nonsense");
    Files.writeString(directory.resolve("notes.txt"), "nonsense");

    assertThat(console.run("validate", directory.toString())).isEqualTo(2);
    assertThat(console.err()).contains("holds no definitions");
  }

  @Test
  void whatCannotBeReadIsAWrongCommandLine() throws IOException {
    Path latin = directory.resolve("latin.yaml");
    Files.write(latin, new byte[] {'a', ':', ' ', (byte) 0xE4});

    assertThat(console.run("validate", "missing.yaml")).isEqualTo(2);
    assertThat(console.run("validate", latin.toString())).isEqualTo(2);
    assertThat(console.run("validate")).isEqualTo(2);
    assertThat(console.run("validate", "--format", "pdf", latin.toString())).isEqualTo(2);
    assertThat(console.err())
        .contains("missing.yaml cannot be read")
        .contains("is not UTF-8 text")
        .contains("pdf");
  }

  @Test
  void aFileBeyondTheLimitIsRefused() throws IOException {
    Path huge = Files.write(directory.resolve("huge.yaml"), new byte[(16 << 20) + 1]);

    assertThat(console.run("validate", huge.toString())).isEqualTo(2);
    assertThat(console.err()).contains("larger than 16 MiB");
  }
}
