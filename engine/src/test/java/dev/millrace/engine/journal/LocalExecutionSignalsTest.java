package dev.millrace.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.definition.Durability;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.NullNode;

class LocalExecutionSignalsTest {
  private static final class OneExecution implements History {
    private final ExecutionStatus status;

    OneExecution(ExecutionStatus status) {
      this.status = status;
    }

    @Override
    public Future<Optional<ExecutionRecord>> find(String executionId) {
      return Future.succeededFuture(
          executionId.equals("one")
              ? Optional.of(
                  new ExecutionRecord(
                      new ExecutionSummary("one", "default", "w", "sha256:0", status, 1, 0),
                      null,
                      Durability.Durable,
                      NullNode.instance,
                      null,
                      null,
                      2,
                      List.of()))
              : Optional.empty());
    }

    @Override
    public Future<ExecutionPage> list(ExecutionQuery query) {
      return Future.succeededFuture(new ExecutionPage(List.of(), 0));
    }
  }

  @Test
  void tellsTheListenerOfRunningExecutionsOnly() {
    List<String> heard = new ArrayList<>();
    LocalExecutionSignals signals =
        new LocalExecutionSignals(new OneExecution(ExecutionStatus.Running));
    assertThat(signals.request("one", ControlRequest.Cancel).result()).isTrue();
    signals.onRequest((executionId, request) -> heard.add(executionId + request));

    assertThat(signals.request("one", ControlRequest.Pause).result()).isTrue();
    assertThat(signals.request("other", ControlRequest.Pause).result()).isFalse();
    assertThat(heard).containsExactly("onePause");
  }

  @Test
  void anExecutionThatEndedCannotBeAsked() {
    LocalExecutionSignals signals =
        new LocalExecutionSignals(new OneExecution(ExecutionStatus.Succeeded));

    assertThat(signals.request("one", ControlRequest.Pause).result()).isFalse();
  }
}
