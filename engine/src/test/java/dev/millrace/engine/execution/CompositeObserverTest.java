package dev.millrace.engine.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.journal.TaskStatus;
import dev.millrace.engine.task.Attempt;
import dev.millrace.engine.task.CompiledTask;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompositeObserverTest {
  private final List<String> heard = new ArrayList<>();

  private final class Listener implements EngineObserver {
    private final String name;

    Listener(String name) {
      this.name = name;
    }

    @Override
    public void executionStarted(String executionId, String namespace, String workflow) {
      heard.add(name + " started");
    }

    @Override
    public void executionEnded(
        String executionId,
        String namespace,
        String workflow,
        ExecutionStatus status,
        long durationNanos) {
      heard.add(name + " ended");
    }

    @Override
    public void taskEnded(
        String executionId, String namespace, String workflow, String taskId, TaskStatus status) {
      heard.add(name + " task");
    }

    @Override
    public void attemptEnded(CompiledTask task, Attempt attempt) {
      heard.add(name + " attempt");
    }
  }

  @Test
  void tellsEveryoneInOrder() {
    EngineObserver both =
        CompositeObserver.of(List.of(new Listener("a"), EngineObserver.NONE, new Listener("b")));

    both.executionStarted("1", "n", "w");
    both.attemptEnded(null, null);
    both.taskEnded("1", "n", "w", "t", TaskStatus.Succeeded);
    both.executionEnded("1", "n", "w", ExecutionStatus.Succeeded, 1);

    assertThat(heard)
        .containsExactly(
            "a started",
            "b started",
            "a attempt",
            "b attempt",
            "a task",
            "b task",
            "a ended",
            "b ended");
  }

  @Test
  void oneAloneStaysAsItIs() {
    Listener only = new Listener("a");

    assertThat(CompositeObserver.of(List.of(only))).isSameAs(only);
  }
}
