package dev.millrace.app.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.execution.EngineObserver;
import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.journal.TaskStatus;
import dev.millrace.engine.task.Attempt;
import dev.millrace.engine.task.CompiledTask;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BothObserversTest {

  private final List<String> heard = new ArrayList<>();

  @Test
  void bothHearOfEverythingInTheirOrder() {
    EngineObserver both = new BothObservers(new Listener("a"), new Listener("b"));

    both.executionStarted("e", "default", "w");
    both.taskEnded("e", "default", "w", "t", TaskStatus.Succeeded);
    both.attemptEnded(null, null);
    both.executionEnded("e", "default", "w", ExecutionStatus.Succeeded, 1);

    assertThat(heard)
        .containsExactly(
            "a started",
            "b started",
            "a task",
            "b task",
            "a attempt",
            "b attempt",
            "a ended",
            "b ended");
  }

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
}
