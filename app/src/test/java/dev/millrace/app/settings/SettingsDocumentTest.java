package dev.millrace.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page of settings is what the code says; {@code -Dmillrace.docs.write=true} writes it. */
class SettingsDocumentTest {

  private static final Path PAGE = Path.of("..", "docs", "configuration.md");

  @Test
  void thePageListsTheSettingsOfTheCode() throws IOException {
    String text = SettingsDocument.write();
    if (Boolean.getBoolean("millrace.docs.write")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, text);
    }

    assertThat(PAGE).content().isEqualTo(text);
    assertThat(text).contains("`MILLRACE_HTTP_PORT`").contains("`--http-port PORT`");
  }
}
