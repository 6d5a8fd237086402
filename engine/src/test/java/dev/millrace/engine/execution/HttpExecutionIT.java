package dev.millrace.engine.execution;

import static dev.millrace.engine.plan.TestDefinitions.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.catalog.TestCatalogs;
import dev.millrace.engine.definition.HttpMethodName;
import dev.millrace.engine.journal.DurationHistory;
import dev.millrace.engine.journal.ExecutionQuery;
import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.journal.InMemoryJournal;
import dev.millrace.engine.journal.TaskStatus;
import dev.millrace.engine.plan.TestDefinitions;
import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import dev.millrace.engine.problem.FailureException;
import dev.millrace.engine.task.AttemptListener;
import dev.millrace.engine.task.Cancellation;
import dev.millrace.engine.task.HttpTaskOptions;
import dev.millrace.engine.task.HttpTaskRunner;
import dev.millrace.engine.task.TaskGuards;
import dev.millrace.engine.task.TraceContext;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Workflows against a real HTTP service on loopback that answers when the test says so. */
class HttpExecutionIT {
  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final InMemoryJournal journal = new InMemoryJournal(100, 10_000_000);
  private final Admission admission = new Admission(10);
  private final Cancellation caller = new Cancellation();
  private final List<String> arrived = new CopyOnWriteArrayList<>();
  private final List<String> broken = new CopyOnWriteArrayList<>();
  private final Map<String, HttpServerRequest> held = new ConcurrentHashMap<>();
  private String base;
  private Orchestrator orchestrator;

  @BeforeEach
  void serve() throws Exception {
    HttpServer server = vertx.createHttpServer().requestHandler(this::hold);
    finish(server.listen(0, "127.0.0.1"));
    base = "http://127.0.0.1:" + server.actualPort() + "/";
  }

  @AfterEach
  void close() throws Exception {
    finish(vertx.close());
  }

  private void hold(HttpServerRequest request) {
    String name = request.path().substring(1);
    request.connection().closeHandler(nothing -> broken.add(name));
    held.put(name, request);
    arrived.add(name);
  }

  private void answer(String name, String body) {
    await().until(() -> held.containsKey(name));
    held.remove(name)
        .response()
        .putHeader("content-type", "application/json")
        .end(body.replace('\'', '"'));
  }

  private static <T> T finish(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private TestDefinitions call(TestDefinitions definitions, String id, String input) {
    return definitions
        .task(TestDefinitions.taskDefinition(id, HttpMethodName.GET, base + id))
        .step(id, id, input);
  }

  private TestDefinitions diamond() {
    TestDefinitions definitions = TestDefinitions.workflow();
    call(definitions, "start", "{'id':'{{input.id}}'}");
    call(definitions, "slow", "{'x':'{{tasks.start.output.x}}'}");
    call(definitions, "fast", "{'x':'{{tasks.start.output.x}}'}");
    call(definitions, "after-fast", "{'x':'{{tasks.fast.output.x}}'}");
    call(
        definitions,
        "join",
        "{'slow':'{{tasks.slow.output.x}}','fast':'{{tasks.after-fast.output.x}}'}");
    return definitions.output("{'joined':'{{tasks.join.output.x}}'}");
  }

  private Future<ExecutionResult> execute(TestDefinitions definitions, long timeoutMillis) {
    TaskGuards guards = new TaskGuards(vertx);
    var services =
        EngineServices.alone(
            vertx,
            TestCatalogs.of(definitions.plan()),
            journal,
            EngineObserver.NONE,
            admission,
            own ->
                HttpTaskRunner.create(own, HttpTaskOptions.DEFAULT, guards, AttemptListener.NONE),
            DurationHistory.NONE);
    var request =
        new ExecutionRequest(
            null, "flow", json("{'id':7}"), timeoutMillis, TraceContext.NONE, caller);
    CompletableFuture<Future<ExecutionResult>> begun = new CompletableFuture<>();
    loop.runOnContext(
        nothing -> {
          orchestrator = services.newOrchestrator(vertx);
          begun.complete(orchestrator.execute(request));
        });
    return begun.join();
  }

  private static Failure failure(Future<ExecutionResult> answer) {
    await().until(answer::isComplete);
    return ((FailureException) answer.cause()).failure();
  }

  @Test
  void runsADiamondOverHttpByTheOrderOfItsCalls() throws Exception {
    Future<ExecutionResult> answer = execute(diamond(), 0);

    answer("start", "{'x':1}");
    await().until(() -> held.keySet().containsAll(List.of("slow", "fast")));
    answer("fast", "{'x':2}");
    // The other branch goes on while the slow one still hangs.
    answer("after-fast", "{'x':3}");
    assertThat(held).containsKey("slow");
    answer("slow", "{'x':4}");
    answer("join", "{'x':12345678901234567890.25}");

    ExecutionResult result = finish(answer);
    assertThat(result.output()).isEqualTo(json("{'joined':12345678901234567890.25}"));
    assertThat(arrived).startsWith("start").endsWith("after-fast", "join");
    var record = finish(journal.find(result.executionId())).orElseThrow();
    assertThat(record.summary().status()).isEqualTo(ExecutionStatus.Succeeded);
    assertThat(record.tasks()).hasSize(5);
    assertThat(record.tasks().get(4).input()).isEqualTo(json("{'slow':4,'fast':3}"));
    assertThat(record.tasks().get(4).attempts()).hasSize(1);
  }

  @Test
  void aFailureBreaksOffTheCallsInFlight() throws Exception {
    Future<ExecutionResult> answer = execute(diamond(), 0);
    answer("start", "{'x':1}");
    await().until(() -> held.keySet().containsAll(List.of("slow", "fast")));

    held.remove("fast").response().setStatusCode(500).end("secret of the service");

    Failure failure = failure(answer);
    assertThat(failure.code()).isEqualTo(ErrorCode.UpstreamStatus);
    assertThat(failure.taskId()).isEqualTo("fast");
    assertThat(failure.upstreamStatus()).isEqualTo(500);
    assertThat(failure.detail()).doesNotContain("secret");
    await().until(() -> broken.contains("slow"));
    var record = finish(journal.find(failure.executionId())).orElseThrow();
    assertThat(record.summary().status()).isEqualTo(ExecutionStatus.Failed);
    assertThat(record.tasks())
        .extracting(task -> task.status())
        .containsExactly(
            TaskStatus.Succeeded,
            TaskStatus.Cancelled,
            TaskStatus.Failed,
            TaskStatus.Skipped,
            TaskStatus.Skipped);
  }

  @Test
  void theDeadlineBreaksOffTheCallsInFlight() {
    Future<ExecutionResult> answer = execute(diamond(), 300);
    await().until(() -> held.containsKey("start"));

    assertThat(failure(answer).code()).isEqualTo(ErrorCode.ExecutionTimedOut);
    await().until(() -> broken.contains("start"));
    assertThat(arrived).containsExactly("start");
  }

  @Test
  void aCallerThatLeavesBreaksOffTheCallsInFlight() throws Exception {
    Future<ExecutionResult> answer = execute(diamond(), 0);
    await().until(() -> held.containsKey("start"));

    loop.runOnContext(nothing -> caller.cancel());

    assertThat(failure(answer).code()).isEqualTo(ErrorCode.ExecutionCancelled);
    await().until(() -> broken.contains("start"));
    assertThat(finish(journal.list(ExecutionQuery.newest("default", "flow"))).items())
        .extracting(summary -> summary.status())
        .containsExactly(ExecutionStatus.Cancelled);
    assertThat(admission.inFlight()).isZero();
  }
}
