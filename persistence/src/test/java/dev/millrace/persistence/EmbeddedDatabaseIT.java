package dev.millrace.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseIT {
  @TempDir Path directory;

  @Test
  void keepsItsDataBetweenRunsWritesThemToDiskAndStops() throws Exception {
    ProcessHandle running;
    try (EmbeddedDatabase first = EmbeddedDatabase.start(directory, TestDatabase.BINARIES)) {
      TestDatabase.executeIn(first.url(), "create table kept (number int)");
      TestDatabase.executeIn(first.url(), "insert into kept values (42)");
      assertThat(TestDatabase.read(first.url(), "show fsync")).isEqualTo("on");
      assertThat(TestDatabase.read(first.url(), "show listen_addresses")).isEqualTo("127.0.0.1");
      running = server();
      assertThat(running.isAlive()).isTrue();
    }
    await().until(() -> !running.isAlive());

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

  @Test
  void asksForAPasswordThatOnlyItsOwnerCanRead() throws Exception {
    String first;
    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, TestDatabase.BINARIES)) {
      first = database.url().password();
      assertThat(first).hasSizeGreaterThan(20);
      assertProtected(database.url());
      assertThat(TestDatabase.read(database.url(), "show unix_socket_directories")).isEmpty();
    }
    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, TestDatabase.BINARIES)) {
      assertThat(database.url().password()).isEqualTo(first);
    }
  }

  @Test
  void givesAPasswordToDataThatHadNone() throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, TestDatabase.BINARIES)) {
      TestDatabase.executeIn(database.url(), "create table kept (number int)");
      TestDatabase.executeIn(database.url(), "insert into kept values (42)");
    }
    Files.delete(directory.resolve("postgresql-password"));
    Files.writeString(
        directory.resolve("postgresql").resolve("pg_hba.conf"),
        "host all all 127.0.0.1/32 trust\n");

    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, TestDatabase.BINARIES)) {
      assertProtected(database.url());
      assertThat(TestDatabase.read(database.url(), "select number from kept")).isEqualTo("42");
    }
    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, TestDatabase.BINARIES)) {
      assertProtected(database.url());
    }
  }

  private void assertProtected(DatabaseUrl url) throws Exception {
    DatabaseUrl wrong =
        new DatabaseUrl(
            url.host(), url.port(), url.database(), url.user(), "wrong", url.parameters());
    assertThatThrownBy(() -> TestDatabase.read(wrong, "select 1"))
        .hasMessageContaining("password authentication failed");
    assertThatThrownBy(() -> Migrations.apply(wrong))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("MILLRACE_DATABASE_URL")
        .hasMessageContaining("postgres:***@")
        .hasMessageNotContaining(":wrong@");
    DatabaseUrl without =
        new DatabaseUrl(url.host(), url.port(), url.database(), url.user(), null, Map.of());
    assertThatThrownBy(() -> Migrations.apply(without))
        .hasMessageContaining("MILLRACE_DATABASE_URL");
    assertThat(
            TestDatabase.read(url, "select rolpassword from pg_authid where rolname = 'postgres'"))
        .startsWith("SCRAM-SHA-256");
    assertThat(Files.getPosixFilePermissions(directory.resolve("postgresql-password")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(directory.resolve("postgresql").resolve("pg_hba.conf"))
        .content()
        .doesNotContainPattern("(?m)^[^#].*trust");
  }

  private Path pidFile() {
    return directory.toAbsolutePath().normalize().resolve("postgresql").resolve("postmaster.pid");
  }

  private ProcessHandle server() throws Exception {
    long pid = Long.parseLong(Files.readAllLines(pidFile()).get(0).strip());
    return ProcessHandle.of(pid).orElseThrow();
  }
}
