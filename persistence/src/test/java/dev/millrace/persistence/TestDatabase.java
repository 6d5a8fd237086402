package dev.millrace.persistence;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A PostgreSQL for tests, one for the JVM: {@code TEST_PG_URL}, else a container where Docker
 * answers, else the embedded one. Each call of {@link #fresh()} gives a database of its own.
 */
final class TestDatabase {
  private static DatabaseUrl server;

  private TestDatabase() {}

  /** A new, empty database. */
  static synchronized DatabaseUrl fresh() throws SQLException {
    if (server == null) {
      server = start();
    }
    String name = "test_" + UUID.randomUUID().toString().replace("-", "");
    execute("create database " + name);
    return new DatabaseUrl(
        server.host(), server.port(), name, server.user(), server.password(), server.parameters());
  }

  /** Runs a statement as the server's own user. */
  static void execute(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(server.jdbc(), server.user(), server.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static DatabaseUrl start() {
    String given = System.getenv("TEST_PG_URL");
    if (given != null) {
      return DatabaseUrl.parse(given);
    }
    if (DockerClientFactory.instance().isDockerAvailable()) {
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
        EmbeddedDatabase.start(Path.of("target", "test-database-" + ProcessHandle.current().pid()));
    Runtime.getRuntime().addShutdownHook(new Thread(embedded::close));
    return embedded.url();
  }
}
