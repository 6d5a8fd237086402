package dev.millrace.app.faults;

import dev.millrace.persistence.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL on a fixed port as a process of the test's own, with the program and the data of an
 * {@link EmbeddedDatabase}. Used by one thread at a time, blocks.
 */
final class DatabaseServer implements AutoCloseable {
  private final Path data;
  private final Path program;
  private final Path log;
  private final int port;
  private final String name;
  private Process process;

  private DatabaseServer(Path directory, Path log, int port, String name) throws IOException {
    this.data = directory.resolve("postgresql").toAbsolutePath();
    this.log = log;
    this.port = port;
    this.name = name;
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
    try (EmbeddedDatabase first = EmbeddedDatabase.start(directory)) {
      execute(first.url().jdbc(), "drop database if exists " + name);
      execute(first.url().jdbc(), "create database " + name);
    }
    return new DatabaseServer(directory, log, port, name);
  }

  private static void execute(String jdbc, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbc, "postgres", null);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  String url() {
    return "postgresql://postgres@127.0.0.1:" + port + "/" + name;
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + name + "?connectTimeout=5&socketTimeout=60",
        "postgres",
        null);
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
            Integer.toString(port),
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

  @Override
  public void close() throws IOException, InterruptedException {
    if (process != null && process.isAlive()) {
      stop(Fault.Stop.FAST);
    }
  }
}
