package dev.millrace.perf.stress;

import dev.millrace.persistence.DatabaseUrl;
import dev.millrace.persistence.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A real PostgreSQL server for Millrace, empty: the gateway makes its tables itself. Owned by
 * whoever started it, used on that thread.
 */
public final class RecordServer implements AutoCloseable {
  private final EmbeddedDatabase server;

  private RecordServer(EmbeddedDatabase server) {
    this.server = server;
  }

  /** Starts it on new data under the work directory. */
  public static RecordServer start(Path work) {
    Path directory = work.resolve("database");
    EmbeddedDatabase server = EmbeddedDatabase.start(directory);
    try {
      String pid = Files.readAllLines(directory.resolve("postgresql/postmaster.pid")).get(0);
      Program.record(work, Long.parseLong(pid.strip()));
      return new RecordServer(server);
    } catch (IOException failure) {
      server.close();
      throw new UncheckedIOException("PostgreSQL's process is not known", failure);
    }
  }

  /** With the password, for the environment of a gateway. */
  public String url() {
    DatabaseUrl url = server.url();
    return "postgresql://%s:%s@%s:%d/%s?sslmode=disable"
        .formatted(url.user(), url.password(), url.host(), url.port(), url.database());
  }

  /** How many executions of a workflow are on record as succeeded. */
  long succeeded(String workflow) {
    DatabaseUrl url = server.url();
    try (Connection connection =
            DriverManager.getConnection(url.jdbc(), url.user(), url.password());
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select count(*) from execution where status = 'Succeeded' and workflow = '"
                    + workflow
                    + "'")) {
      row.next();
      return row.getLong(1);
    } catch (SQLException failure) {
      throw new IllegalStateException("the record cannot be read", failure);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
