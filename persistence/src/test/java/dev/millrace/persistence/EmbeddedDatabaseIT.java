package dev.millrace.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseIT {
  @TempDir Path directory;

  @Test
  void keepsItsDataBetweenRunsAndWritesThemToDisk() throws Exception {
    try (EmbeddedDatabase first = EmbeddedDatabase.start(directory, TestDatabase.BINARIES)) {
      TestDatabase.executeIn(first.url(), "create table kept (number int)");
      TestDatabase.executeIn(first.url(), "insert into kept values (42)");
      assertThat(TestDatabase.read(first.url(), "show fsync")).isEqualTo("on");
      assertThat(TestDatabase.read(first.url(), "show listen_addresses")).isEqualTo("127.0.0.1");
    }

    try (EmbeddedDatabase second = EmbeddedDatabase.start(directory, TestDatabase.BINARIES)) {
      assertThat(TestDatabase.read(second.url(), "select number from kept")).isEqualTo("42");
    }
  }

  @Test
  void refusesASecondProgramOnTheSameDirectory() {
    try (EmbeddedDatabase first = EmbeddedDatabase.start(directory, TestDatabase.BINARIES)) {
      assertThatThrownBy(() -> EmbeddedDatabase.start(directory, TestDatabase.BINARIES))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("another Millrace uses the data directory")
          .hasMessageContaining("MILLRACE_DATA_DIR");
      assertThat(first.url().port()).isPositive();
    }
  }

  @Test
  void takesOverFromAProgramThatWasKilled() throws Exception {
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                EmbeddedProgram.class.getName(),
                directory.toString(),
                TestDatabase.BINARIES.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8))) {
      String line = output.readLine();
      while (line != null && !line.equals("ready")) {
        line = output.readLine();
      }
      assertThat(line).isEqualTo("ready");
      assertThatThrownBy(() -> EmbeddedDatabase.start(directory, TestDatabase.BINARIES))
          .isInstanceOf(IllegalStateException.class);
    } finally {
      program.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
    ProcessHandle server = server();
    assertThat(server.isAlive()).isTrue();

    try (EmbeddedDatabase next = EmbeddedDatabase.start(directory, TestDatabase.BINARIES)) {
      assertThat(server.isAlive()).isFalse();
      assertThat(TestDatabase.read(next.url(), "select number from kept")).isEqualTo("42");
    }
  }

  @Test
  void doesNotTakeAnyProcessForAServer() throws Exception {
    try (EmbeddedDatabase first = EmbeddedDatabase.start(directory, TestDatabase.BINARIES)) {
      assertThat(first.url().port()).isPositive();
    }
    Files.writeString(pidFile(), ProcessHandle.current().pid() + "\nelsewhere\n");

    try (EmbeddedDatabase second = EmbeddedDatabase.start(directory, TestDatabase.BINARIES)) {
      assertThat(TestDatabase.read(second.url(), "select 1")).isEqualTo("1");
    }
  }

  private Path pidFile() {
    return directory.toAbsolutePath().normalize().resolve("postgresql").resolve("postmaster.pid");
  }

  private ProcessHandle server() throws Exception {
    long pid = Long.parseLong(Files.readAllLines(pidFile()).get(0).strip());
    return ProcessHandle.of(pid).orElseThrow();
  }
}
