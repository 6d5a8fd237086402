package dev.millrace.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoExamplesTest {

  private static final Path ROOT = Path.of("..");

  @Test
  void theCloneIsServedAsItIsWhereThePortFits() throws IOException {
    DemoExamples examples = DemoExamples.find(Optional.empty(), Optional.of(ROOT.toString()), 9091);

    assertThat(examples.directory()).isEqualTo(ROOT.resolve("examples"));
    examples.delete();
    assertThat(examples.directory()).isDirectory();
  }

  @Test
  void anotherPortGivesACopyThatNamesIt() throws IOException {
    DemoExamples examples =
        DemoExamples.find(Optional.of(ROOT.resolve("examples")), Optional.empty(), 4711);

    Path tasks = examples.directory().resolve("checkout/tasks.yaml");
    assertThat(tasks).content().contains("http://127.0.0.1:4711/").doesNotContain(":9091");
    examples.delete();
    assertThat(examples.directory()).doesNotExist();
  }

  @Test
  void withoutACloneThePackagedExamplesAreCopied() throws IOException {
    DemoExamples examples = DemoExamples.find(Optional.empty(), Optional.of("/nowhere"), 9091);

    assertThat(Files.exists(examples.directory().resolve("product-page/workflow.yaml"))).isTrue();
    assertThat(examples.copied()).isTrue();
    examples.delete();
  }
}
