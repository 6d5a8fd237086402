package dev.millrace.persistence;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A PostgreSQL for tests, one for the JVM: {@code TEST_PG_URL}, else a container where Docker
 * answers, else the embedded one. Each call of {@link #fresh()} gives a database of its own.
 */
final class TestDatabase {
  /** Shared by all tests, so that the program is unpacked once. */
  static final Path BINARIES = Path.of("target", "postgresql-binaries").toAbsolutePath();

  private static DatabaseUrl server;

  private TestDatabase() {}

  /** A new, empty database. */
  static DatabaseUrl fresh() throws SQLException {
    DatabaseUrl running = server();
    String name = "test_" + UUID.randomUUID().toString().replace("-", "");
    executeIn(running, "create database " + name);
    return new DatabaseUrl(
        running.host(),
        running.port(),
        name,
        running.user(),
        running.password(),
        running.parameters());
  }

  /** Runs a statement. */
  static void executeIn(DatabaseUrl url, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(url.jdbc(), url.user(), url.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of the first row. */
  static String read(DatabaseUrl url, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(url.jdbc(), url.user(), url.password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static synchronized DatabaseUrl server() {
    if (server == null) {
      server = start();
    }
    return server;
  }

  private static DatabaseUrl start() {
    String given = System.getenv("TEST_PG_URL");
    if (given != null && !given.isBlank()) {
      return DatabaseUrl.parse(given);
    }
    if (dockerAnswers()) {
      PostgreSQLContainer container = new PostgreSQLContainer("postgres:18");
      container.start();
      return DatabaseUrl.parse(
          "postgresql://%s:%s@%s:%d/%s"
              .formatted(
                  container.getUsername(),
                  container.getPassword(),
                  container.getHost(),
                  container.getMappedPort(5432),
                  container.getDatabaseName()));
    }
    EmbeddedDatabase embedded =
        EmbeddedDatabase.start(
            Path.of("target", "test-database-" + ProcessHandle.current().pid()), BINARIES);
    Runtime.getRuntime().addShutdownHook(new Thread(embedded::close));
    return embedded.url();
  }

  /** Asks the command first: without it, Testcontainers tries every way there is, and loudly. */
  private static boolean dockerAnswers() {
    try {
      Process docker =
          new ProcessBuilder("docker", "info")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean answered =
          docker.waitFor(Duration.ofSeconds(5).toMillis(), TimeUnit.MILLISECONDS)
              && docker.exitValue() == 0;
      docker.destroy();
      return answered && DockerClientFactory.instance().isDockerAvailable();
    } catch (java.io.IOException noDocker) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
