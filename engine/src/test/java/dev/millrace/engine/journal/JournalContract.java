package dev.millrace.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** What every journal does, whatever it keeps facts in. */
public abstract class JournalContract {
  /** An empty journal, open for this test. */
  protected abstract Journal journal();

  /** Where the journal's facts can be read. */
  protected abstract History history();

  protected static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  @Test
  void aFactCanBeReadOnceItIsCommitted() {
    await(journal().append(Facts.started(1, "flow", 1_000)));

    ExecutionRecord record = await(history().find(Facts.id(1))).orElseThrow();

    assertThat(record.summary().status()).isEqualTo(ExecutionStatus.Running);
    assertThat(record.summary().endedAt()).isZero();
  }

  @Test
  void keepsEveryPartOfAnExecution() {
    Fact.ExecutionStarted started = Facts.started(1, "flow", 1_000);
    await(journal().append(started));
    journal().append(Facts.task(1, 1, TaskStatus.Failed));
    journal().append(Facts.task(1, 0, TaskStatus.Succeeded));
    journal().append(Facts.task(1, 2, TaskStatus.Skipped));
    journal().append(Facts.ended(1, ExecutionStatus.Failed, 9_000));
    await(journal().flush());

    ExecutionRecord record = await(history().find(Facts.id(1))).orElseThrow();

    assertThat(record.summary())
        .isEqualTo(
            new ExecutionSummary(
                Facts.id(1),
                "default",
                "flow",
                "sha256:abc",
                ExecutionStatus.Failed,
                1_000,
                9_000));
    assertThat(record.input()).isEqualTo(started.input());
    assertThat(record.durability()).isEqualTo(started.durability());
    assertThat(record.deadlineAt()).isEqualTo(started.deadlineAt());
    assertThat(record.output()).isNull();
    assertThat(record.failure()).isEqualTo(Facts.ended(1, ExecutionStatus.Failed, 1).failure());
    assertThat(record.tasks())
        .containsExactly(
            TaskRecord.of(Facts.task(1, 0, TaskStatus.Succeeded)),
            TaskRecord.of(Facts.task(1, 1, TaskStatus.Failed)),
            TaskRecord.of(Facts.task(1, 2, TaskStatus.Skipped)));
  }

  @Test
  void keepsTheOutputOfASuccess() {
    journal().append(Facts.started(1, "flow", 1_000));
    await(journal().append(Facts.ended(1, ExecutionStatus.Succeeded, 9_000)));

    ExecutionRecord record = await(history().find(Facts.id(1))).orElseThrow();

    assertThat(record.output()).isEqualTo(Facts.ended(1, ExecutionStatus.Succeeded, 1).output());
    assertThat(record.failure()).isNull();
  }

  @Test
  void replacesPayloadsWithTheEnd() {
    for (boolean apart : new boolean[] {true, false}) {
      int number = apart ? 1 : 2;
      Fact.TaskEnded task = Facts.task(number, 0, TaskStatus.Succeeded);
      Fact.ExecutionEnded end = Facts.ended(number, ExecutionStatus.Succeeded, 9_000);
      JsonNode masked = StringNode.valueOf("***");
      journal().append(Facts.started(number, "flow", 1_000));
      Future<Void> first = journal().append(task);
      if (apart) {
        await(first);
      }
      journal()
          .append(
              new Fact.TaskEnded(
                  task.executionId(),
                  task.slot(),
                  task.taskId(),
                  task.taskRef(),
                  task.status(),
                  masked,
                  masked,
                  task.failure(),
                  task.continued(),
                  task.attempts(),
                  task.queuedAt(),
                  task.startedAt(),
                  task.endedAt()));
      await(
          journal()
              .append(
                  new Fact.ExecutionEnded(
                      end.executionId(),
                      end.status(),
                      end.output(),
                      end.failure(),
                      end.endedAt(),
                      masked)));

      ExecutionRecord record = await(history().find(Facts.id(number))).orElseThrow();

      assertThat(record.input()).isEqualTo(masked);
      assertThat(record.output()).isEqualTo(end.output());
      assertThat(record.tasks().get(0).input()).isEqualTo(masked);
      assertThat(record.tasks().get(0).output()).isEqualTo(masked);
      assertThat(record.tasks().get(0).attempts()).isEqualTo(task.attempts());
    }
  }

  @Test
  void anEmptyJournalHasRoomAndNothingToFlush() {
    assertThat(journal().hasRoom()).isTrue();
    await(journal().flush());
  }

  @Test
  void takesFactsFromManyThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<java.util.concurrent.Future<?>> all = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      int first = thread * 100;
      all.add(
          threads.submit(
              () -> {
                for (int number = first; number < first + 50; number++) {
                  journal().append(Facts.started(number, "flow", 1_000 + number));
                  journal().append(Facts.task(number, 0, TaskStatus.Succeeded));
                  journal().append(Facts.ended(number, ExecutionStatus.Succeeded, 9_000));
                }
              }));
    }
    for (java.util.concurrent.Future<?> one : all) {
      one.get(20, TimeUnit.SECONDS);
    }
    threads.shutdown();
    await(journal().flush());

    assertThat(await(history().list(ExecutionQuery.newest("default", "flow"))).total())
        .isEqualTo(200);
  }
}
