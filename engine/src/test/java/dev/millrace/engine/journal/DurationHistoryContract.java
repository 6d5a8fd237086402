package dev.millrace.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.definition.Durability;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.NullNode;

/** What every history tells about durations, whatever it reads from. */
public abstract class DurationHistoryContract {
  /** The present of the clock to be used. */
  protected static final Instant NOW = Instant.ofEpochMilli(System.currentTimeMillis());

  private static final long NOW_MICROS = NOW.toEpochMilli() * 1_000L;
  private static final long DAY = TimeUnit.DAYS.toMicros(1);

  private int count;

  /** A clock that stands still at {@link #NOW}. */
  protected static Clock clock() {
    return Clock.fixed(NOW, ZoneOffset.UTC);
  }

  /** An empty journal, open for this test. */
  protected abstract Journal journal();

  /** Reads the journal's facts. */
  protected abstract DurationHistory durations();

  private String start(String workflow, long at) {
    String id =
        new UUID(((at / 1_000L) << 16) | 0x7000L, 0x8000_0000_0000_0000L | ++count).toString();
    append(
        new Fact.ExecutionStarted(
            id, "default", workflow, "v", Durability.Durable, NullNode.instance, at, at + 1));
    return id;
  }

  private void task(String id, int slot, TaskStatus status, long startedAt, long endedAt) {
    append(
        new Fact.TaskEnded(
            id,
            slot,
            "task-" + slot,
            "ref",
            status,
            null,
            null,
            null,
            false,
            List.of(),
            startedAt,
            startedAt,
            endedAt));
  }

  private void end(String id, ExecutionStatus status, long at) {
    append(new Fact.ExecutionEnded(id, status, null, null, at));
  }

  private void append(Fact fact) {
    journal().append(fact);
  }

  private DurationSamples recent() {
    await(journal().flush());
    return await(durations().recent("default", "flow"));
  }

  private static <T> T await(Future<T> future) {
    return JournalContract.await(future);
  }

  @Test
  void ofWhatSucceededShortestFirst() {
    long[] lengths = {300, 100, 200};
    for (long length : lengths) {
      String id = start("flow", NOW_MICROS - 10_000);
      task(id, 0, TaskStatus.Succeeded, NOW_MICROS, NOW_MICROS + length);
      task(id, 1, TaskStatus.Failed, NOW_MICROS, NOW_MICROS + 5);
      task(id, 2, TaskStatus.Skipped, 0, NOW_MICROS);
      end(id, ExecutionStatus.Succeeded, NOW_MICROS + length);
    }

    DurationSamples recent = recent();

    assertThat(recent.executions()).containsExactly(10_100L, 10_200L, 10_300L);
    assertThat(recent.tasks()).containsOnlyKeys("task-0");
    assertThat(recent.task("task-0")).containsExactly(100L, 200L, 300L);
    assertThat(recent.task("task-1")).isEmpty();
  }

  @Test
  void ofTasksThatSucceededInExecutionsThatDidNot() {
    String failed = start("flow", NOW_MICROS - 10);
    task(failed, 0, TaskStatus.Succeeded, NOW_MICROS, NOW_MICROS + 7);
    end(failed, ExecutionStatus.Failed, NOW_MICROS);
    String running = start("flow", NOW_MICROS - 10);
    task(running, 0, TaskStatus.Succeeded, NOW_MICROS, NOW_MICROS + 8);

    DurationSamples recent = recent();

    assertThat(recent.executions()).isEmpty();
    assertThat(recent.task("task-0")).containsExactly(7L, 8L);
  }

  @Test
  void areNeverNegative() {
    String id = start("flow", NOW_MICROS);
    task(id, 0, TaskStatus.Succeeded, NOW_MICROS, NOW_MICROS - 9);
    end(id, ExecutionStatus.Succeeded, NOW_MICROS - 5);

    assertThat(recent()).isEqualTo(new DurationSamples(List.of(0L), recent().tasks()));
    assertThat(recent().task("task-0")).containsExactly(0L);
  }

  @Test
  void onlyOfTheNewestExecutions() {
    int more = DurationHistory.MAXIMUM_EXECUTIONS + 5;
    for (int age = 0; age < more; age++) {
      String id = start("flow", NOW_MICROS - age * 1_000L);
      end(id, ExecutionStatus.Succeeded, NOW_MICROS - age * 1_000L + age);
    }

    assertThat(recent().executions())
        .isEqualTo(LongStream.range(0, DurationHistory.MAXIMUM_EXECUTIONS).boxed().toList());
  }

  @Test
  void onlyOfTheLastDaysAndOfThisWorkflow() {
    end(start("flow", NOW_MICROS - 8 * DAY), ExecutionStatus.Succeeded, NOW_MICROS);
    end(start("other", NOW_MICROS), ExecutionStatus.Succeeded, NOW_MICROS + 2);
    end(start("flow", NOW_MICROS - 6 * DAY), ExecutionStatus.Succeeded, NOW_MICROS - 6 * DAY + 3);

    assertThat(recent().executions()).containsExactly(3L);
    assertThat(await(durations().recent("default", "none"))).isEqualTo(DurationSamples.NONE);
    assertThat(await(durations().recent("else", "flow"))).isEqualTo(DurationSamples.NONE);
  }
}
