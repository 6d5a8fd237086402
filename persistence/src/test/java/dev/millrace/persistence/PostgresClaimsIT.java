package dev.millrace.persistence;

import dev.millrace.engine.journal.ExecutionClaims;
import dev.millrace.engine.journal.ExecutionClaimsContract;
import dev.millrace.engine.journal.History;
import dev.millrace.engine.journal.Journal;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** PostgreSQL does with paused executions what the twin in memory does. */
class PostgresClaimsIT extends ExecutionClaimsContract {
  private static final Vertx VERTX = Vertx.vertx();
  private static DatabaseUrl url;
  private static Database database;

  @BeforeAll
  static void open() throws Exception {
    url = TestDatabase.fresh();
    database =
        Futures.await(
            Database.open(
                VERTX, url, DatabaseOptions.DEFAULT.withRetention(Duration.ofDays(36_500))));
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
  protected History history() {
    return database.history();
  }

  @Override
  protected ExecutionClaims claims() {
    return database.claims();
  }
}
