package dev.millrace.perf.compare;

import dev.millrace.persistence.DatabaseUrl;
import dev.millrace.persistence.EmbeddedDatabase;
import dev.millrace.persistence.Migrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The PostgreSQL server of one contestant, with the product's tables: a server each, so that what
 * it costs is known apart. Owned by {@link Compare}, used on its main thread.
 */
final class RecordDatabase implements AutoCloseable {
  private final EmbeddedDatabase server;
  private final long postmaster;

  private RecordDatabase(EmbeddedDatabase server, long postmaster) {
    this.server = server;
    this.postmaster = postmaster;
  }

  static RecordDatabase start(Path work, String name) throws IOException {
    Path directory = work.resolve(name + "-database");
    EmbeddedDatabase server = EmbeddedDatabase.start(directory);
    try {
      String pid = Files.readAllLines(directory.resolve("postgresql/postmaster.pid")).get(0);
      Migrations.apply(server.url());
      RecordDatabase database = new RecordDatabase(server, Long.parseLong(pid.strip()));
      database.read("select maintain_partitions(3, interval '30 days')");
      StartedProcesses.record(work, database.postmaster);
      return database;
    } catch (IOException | RuntimeException failure) {
      server.close();
      throw failure;
    }
  }

  /** With the password, for the environment of a contestant. */
  String url() {
    DatabaseUrl url = server.url();
    return "postgresql://%s:%s@%s:%d/%s?sslmode=disable"
        .formatted(url.user(), url.password(), url.host(), url.port(), url.database());
  }

  /** Of the server and all its processes, those included that have ended. */
  double cpuSeconds() throws IOException {
    ProcessorTime.OfProcess server = ProcessorTime.ofProcess(postmaster);
    double seconds = server.own() + server.children();
    for (ProcessHandle child :
        ProcessHandle.of(postmaster).map(process -> process.children().toList()).orElseThrow()) {
      try {
        seconds += ProcessorTime.ofProcess(child.pid()).own();
      } catch (IOException ended) {
        // between the list and now; it counts with the ended ones from the next time on
      }
    }
    return seconds;
  }

  /** How many executions are on record as succeeded. */
  long executions() {
    return read("select count(*) from execution where status = 'Succeeded'");
  }

  private long read(String sql) {
    DatabaseUrl url = server.url();
    try (Connection connection =
            DriverManager.getConnection(url.jdbc(), url.user(), url.password());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException failure) {
      throw new IllegalStateException("the database cannot be read: " + failure.getMessage());
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
