package dev.millrace.engine.task;

import static dev.millrace.engine.task.Definitions.get;
import static dev.millrace.engine.task.Definitions.json;
import static dev.millrace.engine.task.Definitions.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.problem.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** Time that runs out in unusual places, and what else must not let a call hang. */
class DeadlineIT {
  private final List<HttpServerRequest> held = new CopyOnWriteArrayList<>();

  @Test
  void whatIsOverdueIsStoppedAndTheRestLeftAlone() {
    ManualTimers timers = new ManualTimers();
    try (RunnerFixture fixture = new RunnerFixture(timers)) {
      // Given
      CompiledTask task = get(fixture.serve(held::add) + "/");
      Cancellation cancellation = new Cancellation();
      Future<TaskOutcome> first = begin(fixture, task, 1_000, new Cancellation());
      Future<TaskOutcome> cancelled = begin(fixture, task, 1_000, cancellation);
      Future<TaskOutcome> patient = begin(fixture, task, 20_000, new Cancellation());
      Future<TaskOutcome> last = begin(fixture, task, 1_000, new Cancellation());
      await().until(() -> held.size() == 4);

      // When
      fixture.loop.runOnContext(v -> cancellation.cancel());
      RunnerFixture.wait(cancelled);
      fixture.loop.runOnContext(v -> timers.advance(1_100));

      // Then
      assertThat(RunnerFixture.wait(first).failure().code()).isEqualTo(ErrorCode.TaskTimedOut);
      assertThat(RunnerFixture.wait(last).failure().code()).isEqualTo(ErrorCode.TaskTimedOut);
      assertThat(patient.isComplete()).isFalse();
      answerAll();
      assertThat(RunnerFixture.wait(patient).succeeded()).isTrue();
      assertThat(timers.pending()).isEmpty();
    }
  }

  private static Future<TaskOutcome> begin(
      RunnerFixture fixture, CompiledTask task, long budgetMillis, Cancellation cancellation) {
    return fixture.begin(fixture.call(task, json("{}"), budgetMillis, cancellation));
  }

  private void answerAll() {
    for (HttpServerRequest request : held) {
      if (!request.response().closed()) {
        request.response().end("1");
      }
    }
  }

  @Test
  void aHostThatDoesNotAcceptConnectionsIsUnreachable() throws IOException {
    HttpTaskOptions options =
        new HttpTaskOptions(8, 8, Duration.ofSeconds(1), Duration.ofMillis(150), 1024, 1024);
    try (RunnerFixture fixture = new RunnerFixture(options);
        ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // Given
      List<Socket> queue = fill(full);

      // When
      TaskOutcome outcome =
          fixture.run(
              task(
                  "method: POST\nurl: http://127.0.0.1:" + full.getLocalPort() + "/",
                  "retry: { maxAttempts: 2, initialDelay: 10ms }"));

      // Then
      assertThat(outcome.failure().code()).isEqualTo(ErrorCode.UpstreamUnreachable);
      assertThat(outcome.failure().detail()).contains("did not accept a connection in time");
      assertThat(outcome.attempts()).hasSize(2);
      for (Socket socket : queue) {
        socket.close();
      }
    }
  }

  /** Connects until the operating system lets nobody wait any more. */
  private static List<Socket> fill(ServerSocket server) throws IOException {
    List<Socket> queue = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      Socket socket = new Socket();
      queue.add(socket);
      try {
        socket.connect(server.getLocalSocketAddress(), 200);
      } catch (SocketTimeoutException full) {
        return queue;
      }
    }
    return queue;
  }

  @Test
  void aBugBecomesAFailureOfItsOwn() {
    try (RunnerFixture fixture = new RunnerFixture()) {
      CompiledTask task = task("method: POST\nurl: http://127.0.0.1:1/\nbody: '{{input.x}}'", "");
      var notJson = JsonNodeFactory.instance.objectNode().putPOJO("x", new Object());

      TaskOutcome outcome = fixture.run(fixture.call(task, notJson, 5_000, new Cancellation()));

      assertThat(outcome.failure().code()).isEqualTo(ErrorCode.InternalError);
      assertThat(outcome.attempts()).isEmpty();
    }
  }
}
