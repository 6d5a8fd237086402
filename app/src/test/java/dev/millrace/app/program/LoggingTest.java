package dev.millrace.app.program;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import dev.millrace.app.settings.LogFormat;
import dev.millrace.app.settings.LogLevel;
import dev.millrace.app.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LoggingTest {

  private final PrintStream error = System.err;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @AfterEach
  void restore() {
    System.setErr(error);
    Logging.configure(new Settings.Log(LogFormat.TEXT, LogLevel.INFO));
  }

  @Test
  void textIsOneLineWithTheKeysAtItsEnd() {
    assertThat(logged(LogFormat.TEXT, LogLevel.INFO))
        .containsPattern("INFO  LoggingTest: Something happened workflow=\"page\"\n");
  }

  @Test
  void jsonIsOneObjectALine() {
    JsonNode line = JsonMapper.shared().readTree(logged(LogFormat.JSON, LogLevel.DEBUG));

    assertThat(line.get("level").asString()).isEqualTo("INFO");
    assertThat(line.get("formattedMessage").asString()).isEqualTo("Something happened");
    assertThat(line.get("kvpList").toString()).contains("page");
  }

  @Test
  void theLevelHoldsAndLibrariesAreNeverMoreTalkativeThanInfo() {
    assertThat(logged(LogFormat.TEXT, LogLevel.WARN)).isEmpty();
    assertThat(level("io.netty")).isEqualTo(Level.WARN);

    logged(LogFormat.TEXT, LogLevel.TRACE);
    assertThat(level("io.netty")).isEqualTo(Level.INFO);
    assertThat(level("dev.millrace.engine")).isEqualTo(Level.TRACE);
  }

  private String logged(LogFormat format, LogLevel level) {
    written.reset();
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    Logging.configure(new Settings.Log(format, level));
    LoggerFactory.getLogger(LoggingTest.class)
        .atInfo()
        .addKeyValue("workflow", "page")
        .log("Something happened");
    System.setErr(error);
    return written.toString(StandardCharsets.UTF_8);
  }

  private static Level level(String name) {
    return ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(name).getEffectiveLevel();
  }
}
