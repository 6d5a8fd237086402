package dev.millrace.persistence;

import dev.millrace.engine.journal.DurationHistory;
import dev.millrace.engine.journal.DurationHistoryContract;
import dev.millrace.engine.journal.Journal;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** PostgreSQL tells the same about durations as the twin in memory. */
class PostgresDurationsIT extends DurationHistoryContract {
  private static final Vertx VERTX = Vertx.vertx();
  private static DatabaseUrl url;
  private static Database database;

  @BeforeAll
  static void open() throws Exception {
    url = TestDatabase.fresh();
    database = Futures.await(Database.open(VERTX, url, DatabaseOptions.DEFAULT));
  }

  @BeforeEach
  void empty() throws Exception {
    TestDatabase.executeIn(url, "truncate execution, task_execution");
  }

  @AfterAll
  static void close() throws Exception {
    Futures.await(database.close());
    Futures.await(VERTX.close());
  }

  @Override
  protected Journal journal() {
    return database.journal();
  }

  @Override
  protected DurationHistory durations() {
    return database.durations();
  }
}
