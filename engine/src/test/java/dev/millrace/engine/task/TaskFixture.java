package dev.millrace.engine.task;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A runner on an event loop of its own and real servers for it; owned by one test. */
final class TaskFixture implements AutoCloseable {
  final Vertx vertx = Vertx.vertx();
  final TaskGuards guards = new TaskGuards(vertx);
  final List<Attempt> heard = new CopyOnWriteArrayList<>();
  final Loop loop;

  /** An event loop with its runner. */
  record Loop(Context context, HttpTaskRunner runner) {
    Future<TaskOutcome> start(TaskCall call) {
      Promise<TaskOutcome> outcome = Promise.promise();
      context.runOnContext(ignored -> runner.run(call).onComplete(outcome::handle));
      return outcome.future();
    }
  }

  TaskFixture() {
    this(HttpTaskOptions.DEFAULT);
  }

  TaskFixture(HttpTaskOptions options) {
    loop = newLoop(options);
  }

  Loop newLoop(HttpTaskOptions options) {
    ContextInternal context = ((VertxInternal) vertx).createEventLoopContext();
    Promise<HttpTaskRunner> made = Promise.promise();
    context.runOnContext(
        ignored ->
            made.complete(
                HttpTaskRunner.create(
                    vertx, options, guards, (task, attempt) -> heard.add(attempt))));
    return new Loop(context, get(made.future()));
  }

  int http(Handler<HttpServerRequest> handler) {
    return get(vertx.createHttpServer().requestHandler(handler).listen(0, "127.0.0.1"))
        .actualPort();
  }

  /** A server that answers whatever it is sent with these bytes, and then may hang up. */
  int raw(String answer, boolean hangUp) {
    return raw(
        socket ->
            socket.handler(
                ignored -> {
                  Future<Void> written = socket.write(answer);
                  if (hangUp) {
                    written.onComplete(done -> socket.close());
                  }
                }));
  }

  int raw(Handler<NetSocket> handler) {
    return get(vertx.createNetServer().connectHandler(handler).listen(0, "127.0.0.1")).actualPort();
  }

  /** A port where nobody listens. */
  int freePort() {
    var server = vertx.createNetServer().connectHandler(NetSocket::close);
    int port = get(server.listen(0, "127.0.0.1")).actualPort();
    get(server.close());
    return port;
  }

  Future<TaskOutcome> start(TestTask task) {
    return loop.start(task.call());
  }

  TaskOutcome run(TestTask task) {
    return get(start(task));
  }

  void cancel(TestTask task) {
    loop.context().runOnContext(ignored -> task.cancellation.cancel());
  }

  static <T> T get(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new AssertionError("no result", failure);
    }
  }

  @Override
  public void close() {
    get(vertx.close());
  }
}
