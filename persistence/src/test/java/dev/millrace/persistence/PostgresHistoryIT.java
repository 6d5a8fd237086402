package dev.millrace.persistence;

import dev.millrace.engine.journal.History;
import dev.millrace.engine.journal.HistoryContract;
import dev.millrace.engine.journal.Journal;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** PostgreSQL passes the suite of journals and histories that the twin in memory passes. */
class PostgresHistoryIT extends HistoryContract {
  private static final Vertx VERTX = Vertx.vertx();
  private static DatabaseUrl url;
  private static Database database;

  @BeforeAll
  static void open() throws Exception {
    url = TestDatabase.fresh();
    database =
        await(
            Database.open(
                VERTX, url, DatabaseOptions.DEFAULT.withRetention(Duration.ofDays(36_500))));
  }

  @BeforeEach
  void empty() throws Exception {
    TestDatabase.executeIn(url, "truncate execution, task_execution");
  }

  @AfterAll
  static void close() {
    await(database.close());
    await(VERTX.close());
  }

  @Override
  protected Journal journal() {
    return database.journal();
  }

  @Override
  protected History history() {
    return database.history();
  }
}
