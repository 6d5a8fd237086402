package dev.millrace.perf.process;

import dev.millrace.persistence.DatabaseUrl;
import dev.millrace.persistence.EmbeddedDatabase;
import dev.millrace.persistence.Migrations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A real PostgreSQL server for one run. Owned by its {@link Bench}, used on the main thread.
 *
 * <p>It is empty: a gateway makes its tables itself.
 */
public final class RecordServer implements AutoCloseable {
  private final EmbeddedDatabase server;
  private final long postmaster;

  private RecordServer(EmbeddedDatabase server, long postmaster) {
    this.server = server;
    this.postmaster = postmaster;
  }

  /** Starts it on new data under the work directory. */
  static RecordServer start(Path work, String name) {
    Path directory = work.resolve(name + "-database");
    EmbeddedDatabase server = EmbeddedDatabase.start(directory);
    try {
      String pid = Files.readAllLines(directory.resolve("postgresql/postmaster.pid")).get(0);
      long postmaster = Long.parseLong(pid.strip());
      Program.record(work, postmaster);
      return new RecordServer(server, postmaster);
    } catch (IOException failure) {
      server.close();
      throw new UncheckedIOException("PostgreSQL's process is not known", failure);
    }
  }

  /** Makes the product's tables, for whoever writes them and is not the product. */
  public RecordServer withTables() {
    Migrations.apply(server.url());
    read("select maintain_partitions(3, interval '30 days')");
    return this;
  }

  /** With the password, for the environment of a gateway. */
  public String url() {
    DatabaseUrl url = server.url();
    return "postgresql://%s:%s@%s:%d/%s?sslmode=disable"
        .formatted(url.user(), url.password(), url.host(), url.port(), url.database());
  }

  /** Of the server and all its processes, those included that have ended. */
  public double cpuSeconds() throws IOException {
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
  public long succeeded() {
    return read("select count(*) from execution where status = 'Succeeded'");
  }

  /** The same of one workflow. */
  public long succeeded(String workflow) {
    return read(
        "select count(*) from execution where status = 'Succeeded' and workflow = ?", workflow);
  }

  /** How many workflows have both their definition and their plan on record. */
  public long recordedWorkflows() {
    return read(
        "select least((select count(*) from plan_version),"
            + " (select count(distinct name) from definition_change where kind = 'Workflow'))");
  }

  private long read(String sql, String... values) {
    DatabaseUrl url = server.url();
    try (Connection connection =
            DriverManager.getConnection(url.jdbc(), url.user(), url.password());
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int value = 0; value < values.length; value++) {
        statement.setString(value + 1, values[value]);
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(
          "the database cannot be read: " + failure.getMessage(), failure);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
