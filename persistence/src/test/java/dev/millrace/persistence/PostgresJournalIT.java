package dev.millrace.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.definition.Durability;
import dev.millrace.engine.journal.AttemptRecord;
import dev.millrace.engine.journal.ExecutionQuery;
import dev.millrace.engine.journal.ExecutionRecord;
import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.journal.Fact;
import dev.millrace.engine.journal.TaskStatus;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import dev.millrace.engine.schema.SchemaError;
import dev.millrace.engine.task.AttemptOutcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PostgresJournalIT {
  private static final String ID = "0199aaaa-0000-7000-8000-000000000001";

  private final Vertx vertx = Vertx.vertx();
  private Database database;

  @BeforeEach
  void open() throws Exception {
    database =
        await(
            Database.open(
                vertx,
                TestDatabase.fresh(),
                DatabaseOptions.DEFAULT.withRetention(Duration.ofDays(36500))));
  }

  @AfterEach
  void close() throws Exception {
    await(database.close());
    await(vertx.close());
  }

  @Test
  void readsBackWhatWasCommittedExactly() throws Exception {
    PostgresJournal journal = database.journal();
    JsonNode input =
        Json.read("{\"b\":1.10,\"a\":123456789012345678901234567890,\"nul\":\"\\u0000\"}");
    Failure failure =
        Failure.of(ErrorCode.UpstreamStatus, "answered 500")
            .inTask("user", "fetch-user", 3, 500)
            .inExecution(ID)
            .withErrors(List.of(new SchemaError("/a", "type", "must be text")))
            .withRetryAfter(Duration.ofSeconds(2));

    journal.append(started(ID, input));
    journal.append(
        new Fact.TaskEnded(
            ID,
            0,
            "user",
            "fetch-user",
            TaskStatus.Failed,
            input,
            null,
            failure,
            false,
            List.of(new AttemptRecord(1, 5, 7, AttemptOutcome.FAILED_STATUS, 500)),
            1_764_000_000_000_001L,
            1_764_000_000_000_002L,
            1_764_000_000_000_003L));
    await(
        journal.append(
            new Fact.ExecutionEnded(
                ID, ExecutionStatus.Failed, null, failure, 1_764_000_000_000_004L)));

    ExecutionRecord found = await(database.history().find(ID)).orElseThrow();
    assertThat(Json.toText(found.input())).isEqualTo(Json.toText(input));
    assertThat(found.failure()).isEqualTo(failure);
    assertThat(found.summary().status()).isEqualTo(ExecutionStatus.Failed);
    assertThat(found.summary().endedAt()).isEqualTo(1_764_000_000_000_004L);
    assertThat(found.tasks())
        .singleElement()
        .satisfies(
            task -> {
              assertThat(task.queuedAt()).isEqualTo(1_764_000_000_000_001L);
              assertThat(task.attempts())
                  .containsExactly(new AttemptRecord(1, 5, 7, AttemptOutcome.FAILED_STATUS, 500));
              assertThat(task.failure()).isEqualTo(failure);
            });
  }

  @Test
  void anEndThatComesInALaterBatchCompletesTheRow() throws Exception {
    PostgresJournal journal = database.journal();
    await(journal.append(started(ID, Json.read("{}"))));
    assertThat(await(database.history().find(ID)).orElseThrow().summary().status())
        .isEqualTo(ExecutionStatus.Running);

    await(
        journal.append(
            new Fact.ExecutionEnded(ID, ExecutionStatus.Succeeded, Json.read("[1]"), null, 9)));

    ExecutionRecord found = await(database.history().find(ID)).orElseThrow();
    assertThat(found.summary().status()).isEqualTo(ExecutionStatus.Succeeded);
    assertThat(await(database.history().list(ExecutionQuery.newest("default", "contact"))).total())
        .isEqualTo(1);
  }

  private static Fact started(String id, JsonNode input) {
    return new Fact.ExecutionStarted(
        id,
        "default",
        "contact",
        "sha256:0",
        Durability.Durable,
        input,
        1_764_000_000_000_000L,
        1_764_000_030_000_000L);
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
