package dev.millrace.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.definition.ReadResult;
import dev.millrace.engine.definition.ResourceReader;
import dev.millrace.engine.definition.RetryPolicy;
import dev.millrace.engine.definition.RetrySpec;
import dev.millrace.engine.definition.WorkflowTask;
import dev.millrace.engine.json.InvalidJsonException;
import dev.millrace.engine.json.Json;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * A runner on an event loop of its own, and the services that it calls, on loopback; closed by its
 * test.
 */
final class RunnerHarness implements AutoCloseable {
  static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  final Vertx vertx = Vertx.vertx();
  final TaskGuards guards = new TaskGuards(vertx);
  final List<Attempt> attempts = Collections.synchronizedList(new ArrayList<>());
  private final HttpTaskOptions options;
  private final Context context = vertx.getOrCreateContext();
  private final HttpTaskRunner runner;

  RunnerHarness() {
    this(HttpTaskOptions.DEFAULT.withMaxResponseBytes(64 * 1024));
  }

  RunnerHarness(HttpTaskOptions options) {
    this.options = options;
    this.runner = newRunner(context);
  }

  /** Another runner with the same guards, as another event loop has one. */
  HttpTaskRunner newRunner(Context loop) {
    Promise<HttpTaskRunner> made = Promise.promise();
    loop.runOnContext(
        ignored ->
            made.complete(
                HttpTaskRunner.create(
                    vertx, options, guards, (task, attempt) -> attempts.add(attempt))));
    return await(made.future());
  }

  /** Starts a service; answers its port. */
  int http(Handler<HttpServerRequest> service) {
    return await(vertx.createHttpServer().requestHandler(service).listen(0, "127.0.0.1"))
        .actualPort();
  }

  /** Starts a service that speaks for itself, once it has seen a whole head; answers its port. */
  int raw(Handler<NetSocket> service) {
    return await(
            vertx
                .createNetServer()
                .connectHandler(socket -> socket.handler(head -> service.handle(socket)))
                .listen(0, "127.0.0.1"))
        .actualPort();
  }

  /**
   * A task that GETs {@code /things/{id}} of a port; more of its spec may follow, indented by two.
   */
  static CompiledTask get(int port, String... more) {
    return task("method: GET", "url: \"http://127.0.0.1:" + port + "/things/{{input.id}}\"", more);
  }

  static CompiledTask post(int port, String... more) {
    return task(
        "method: POST",
        "url: \"http://127.0.0.1:" + port + "/things\"\n    body: {id: \"{{input.id}}\"}",
        more);
  }

  static CompiledTask task(String method, String url, String... more) {
    String yaml =
        """
        apiVersion: millrace.dev/v1
        kind: WorkflowTask
        metadata: {name: thing}
        spec:
          inputSchema: {type: object, properties: {id: {type: string}}}
          outputSchema: {properties: {n: {type: integer}}}
          http:
            %s
            %s
        %s"""
            .formatted(method, url, String.join("\n", more));
    ReadResult read = ResourceReader.read("task.yaml", yaml, "default");
    assertThat(read.problems()).isEmpty();
    return CompiledTask.compile((WorkflowTask) read.resources().get(0));
  }

  /** A call with five seconds of time, under the task's own retry policy. */
  TaskCall call(CompiledTask task, String id) {
    return call(task, id, 5_000, new Cancellation());
  }

  TaskCall call(CompiledTask task, String id, long budgetMillis, Cancellation cancellation) {
    return new TaskCall(
        task,
        "018f0000-0000-7000-8000-000000000001",
        "first",
        RetryPolicy.of(task.definition().retry(), RetrySpec.NONE),
        task.definition().timeout().toMillis(),
        json("{\"id\":" + Json.toText(tools.jackson.databind.node.StringNode.valueOf(id)) + "}"),
        System.nanoTime() + budgetMillis * 1_000_000L,
        new TraceContext(TRACE, "vendor=1"),
        cancellation);
  }

  TaskOutcome run(TaskCall call) {
    return await(begin(call));
  }

  /** Runs on the runner's event loop. */
  Future<TaskOutcome> begin(TaskCall call) {
    return begin(context, runner, call);
  }

  static Future<TaskOutcome> begin(Context loop, HttpTaskRunner runner, TaskCall call) {
    Promise<TaskOutcome> outcome = Promise.promise();
    loop.runOnContext(ignored -> runner.run(call).onComplete(outcome));
    return outcome.future();
  }

  /** Does something on the runner's event loop. */
  void onLoop(Runnable action) {
    context.runOnContext(ignored -> action.run());
  }

  static JsonNode json(String text) {
    try {
      return Json.read(text);
    } catch (InvalidJsonException wrong) {
      throw new IllegalArgumentException(text, wrong);
    }
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
