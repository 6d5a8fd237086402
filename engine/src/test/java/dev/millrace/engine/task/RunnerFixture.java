package dev.millrace.engine.task;

import dev.millrace.engine.definition.RetryPolicy;
import dev.millrace.engine.definition.RetrySpec;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/** A runner on its own event loop, and services on loopback for it to call. */
final class RunnerFixture implements AutoCloseable {
  static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final long BOUND_SECONDS = 20;

  final Vertx vertx = Vertx.vertx();
  final Context loop = vertx.getOrCreateContext();
  final TaskGuards guards;
  final Timers timers;
  final List<Attempt> heard = new CopyOnWriteArrayList<>();
  final HttpTaskRunner runner;

  RunnerFixture() {
    this(HttpTaskOptions.DEFAULT);
  }

  RunnerFixture(HttpTaskOptions options) {
    timers = Timers.of(vertx);
    guards = new TaskGuards(vertx);
    runner = makeRunner(options, loop);
  }

  RunnerFixture(ManualTimers manual) {
    timers = manual;
    guards = new TaskGuards(vertx, manual);
    runner = makeRunner(HttpTaskOptions.DEFAULT, loop);
  }

  HttpTaskRunner makeRunner(HttpTaskOptions options, Context context) {
    RandomGenerator random = new java.util.SplittableRandom(7);
    return on(
        context,
        () ->
            HttpTaskRunner.create(
                vertx, options, guards, (task, attempt) -> heard.add(attempt), timers, random));
  }

  /** A service; its address, without a slash at the end. */
  String serve(Consumer<HttpServerRequest> handler) {
    HttpServer server = vertx.createHttpServer().requestHandler(handler::accept);
    return "http://127.0.0.1:" + wait(server.listen(0, "127.0.0.1")).actualPort();
  }

  /** A service that answers each connection's first bytes as it likes. */
  String serveRaw(Consumer<NetSocket> handler) {
    NetServer server =
        vertx
            .createNetServer()
            .connectHandler(socket -> socket.handler(request -> handler.accept(socket)));
    return "http://127.0.0.1:" + wait(server.listen(0, "127.0.0.1")).actualPort();
  }

  /** A service that answers every request with these bytes and then closes. */
  String serveBytes(String bytes) {
    return serveRaw(socket -> socket.end(io.vertx.core.buffer.Buffer.buffer(bytes)));
  }

  /** An address where nothing listens. */
  String nowhere() {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:" + taken.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A call with much time. */
  TaskCall call(CompiledTask task, String input) {
    return call(task, Definitions.json(input), 10_000, new Cancellation());
  }

  TaskCall call(CompiledTask task, JsonNode input, long budgetMillis, Cancellation cancellation) {
    return new TaskCall(
        task,
        "0199-execution",
        "probe-step",
        RetryPolicy.of(task.definition().retry(), RetrySpec.NONE),
        task.definition().timeout().toMillis(),
        input,
        timers.nanoTime() + budgetMillis * 1_000_000,
        new TraceContext(TRACE, "vendor=1"),
        cancellation,
        TaskCall.CLEAR);
  }

  TaskOutcome run(CompiledTask task) {
    return run(call(task, "{}"));
  }

  TaskOutcome run(CompiledTask task, String input) {
    return run(call(task, input));
  }

  TaskOutcome run(TaskCall call) {
    return wait(begin(call));
  }

  /** Begins a call on the runner's event loop. */
  Future<TaskOutcome> begin(TaskCall call) {
    return on(loop, () -> runner.run(call));
  }

  <T> T on(Context context, Callable<T> action) {
    CompletableFuture<T> result = new CompletableFuture<>();
    context.runOnContext(
        v -> {
          try {
            result.complete(action.call());
          } catch (Throwable failure) {
            result.completeExceptionally(failure);
          }
        });
    return get(result);
  }

  /** Lets everything happen that is due on the event loop already. */
  void settle() {
    on(loop, () -> null);
  }

  static <T> T wait(Future<T> future) {
    return get(future.toCompletionStage().toCompletableFuture());
  }

  private static <T> T get(CompletableFuture<T> future) {
    try {
      return future.get(BOUND_SECONDS, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  @Override
  public void close() {
    wait(vertx.close());
  }
}
