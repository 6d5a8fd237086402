package dev.millrace.persistence;

import static dev.millrace.persistence.Futures.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.journal.DefinitionLog;
import dev.millrace.engine.journal.DefinitionLogContract;
import dev.millrace.engine.journal.PlanStore;
import dev.millrace.engine.journal.PlanStoreContract;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** PostgreSQL passes the suites that the twins in memory pass. */
class PostgresDefinitionsIT {
  private static final Vertx VERTX = Vertx.vertx();
  private static Database database;

  @BeforeAll
  static void open() throws Exception {
    database = await(Database.open(VERTX, TestDatabase.fresh(), DatabaseOptions.DEFAULT));
  }

  @AfterAll
  static void close() throws Exception {
    await(database.close());
    await(VERTX.close());
  }

  @Nested
  class Log extends DefinitionLogContract {
    @Override
    protected DefinitionLog log() {
      return database.definitions();
    }

    @Test
    void gatewaysThatTellTheSameAtOnceMakeOneVersion() throws Exception {
      List<Future<Boolean>> told = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        told.add(database.definitions().record(saved("{\"spec\":1}", "somebody")));
      }
      await(Future.all(told));

      assertThat(told).filteredOn(Future::result).hasSize(1);
    }
  }

  @Nested
  class Plans extends PlanStoreContract {
    @Override
    protected PlanStore store() {
      return database.plans();
    }
  }
}
