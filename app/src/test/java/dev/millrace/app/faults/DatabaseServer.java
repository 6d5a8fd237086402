package dev.millrace.app.faults;

import dev.millrace.persistence.DatabaseUrl;
import dev.millrace.persistence.EmbeddedDatabase;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL on a fixed port as a process of the test's own, with the program and the data of an
 * {@link EmbeddedDatabase}. Used by one thread at a time, blocks.
 */
final class DatabaseServer {
  private final Path data;
  private final Path program;
  private final Path log;
  private final DatabaseUrl url;
  private Process process;

  private DatabaseServer(Path directory, Path log, DatabaseUrl url) throws IOException {
    this.data = directory.resolve("postgresql").toAbsolutePath();
    this.log = log;
    this.url = url;
    try (Stream<Path> files = Files.walk(directory.resolve("postgresql-program"), 3)) {
      this.program =
          files.filter(file -> file.endsWith(Path.of("bin", "postgres"))).findFirst().orElseThrow();
    }
  }

  /**
   * Makes a new, empty database and does not listen yet.
   *
   * @param directory may have been used before
   */
  static DatabaseServer create(Path directory, Path log, int port, String name)
      throws IOException, SQLException {
    try (EmbeddedDatabase first = EmbeddedDatabase.start(directory);
        Connection connection = connect(first.url());
        Statement statement = connection.createStatement()) {
      statement.execute("drop database if exists " + name);
      statement.execute("create database " + name);
      DatabaseUrl url =
          new DatabaseUrl(
              "127.0.0.1", port, name, first.url().user(), first.url().password(), Map.of());
      return new DatabaseServer(directory, log, url);
    }
  }

  private static Connection connect(DatabaseUrl url) throws SQLException {
    return DriverManager.getConnection(
        url.jdbc() + (url.jdbc().contains("?") ? "&" : "?") + "connectTimeout=5&socketTimeout=60",
        url.user(),
        url.password());
  }

  /** As the program takes it. */
  String url() {
    return "postgresql://%s:%s@%s:%d/%s"
        .formatted(
            url.user(),
            URLEncoder.encode(url.password(), StandardCharsets.UTF_8),
            url.host(),
            url.port(),
            url.database());
  }

  Connection connect() throws SQLException {
    return connect(url);
  }

  /** Starts the process where there is none; {@link #answers} tells when it is ready. */
  void launch() throws IOException {
    if (process != null && process.isAlive()) {
      return;
    }
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      // PostgreSQL does not run as root: in a user namespace it is nobody.
      command.addAll(List.of("unshare", "-U"));
    }
    command.addAll(
        List.of(
            program.toString(),
            "-D",
            data.toString(),
            "-p",
            Integer.toString(url.port()),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=",
            "-c",
            "max_connections=100"));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
  }

  boolean answers() {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      return statement.execute("select 1");
    } catch (SQLException away) {
      return false;
    }
  }

  void stop(Fault.Stop how) throws IOException, InterruptedException {
    Signals.send(process, how.signal());
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      Signals.kill(process);
    }
  }

  public void close() throws IOException, InterruptedException {
    if (process != null && process.isAlive()) {
      stop(Fault.Stop.FAST);
    }
  }
}
