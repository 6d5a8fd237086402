package dev.millrace.perf.direct;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * One event loop of the baseline: a router, a pooled client of its own and the shapes. Owned by
 * {@link DirectComposition}; a request is served from first to last byte on its one event loop.
 */
final class DirectVerticle extends VerticleBase {

  private static final long MAX_BODY_BYTES = 1 << 20;
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final CharSequence PROBLEM =
      HttpHeaders.createOptimized("application/problem+json");

  private final int port;
  private final int upstreamPort;
  private final AtomicInteger actualPort;
  private final Function<Vertx, Recorder> recorders;
  private Recorder recorder;

  /** One shape: the request's JSON in, the output out. */
  private interface Shape {
    Future<JsonObject> execute(JsonObject input, Recording recording);
  }

  DirectVerticle(
      int port, int upstreamPort, AtomicInteger actualPort, Function<Vertx, Recorder> recorders) {
    this.recorders = recorders;
    this.port = port;
    this.upstreamPort = upstreamPort;
    this.actualPort = actualPort;
  }

  @Override
  public Future<?> start() {
    recorder = recorders.apply(vertx);
    Compositions compositions = new Compositions(UpstreamClient.create(vertx, upstreamPort));
    Router router = Router.router(vertx);
    router.get("/health/ready").handler(context -> context.response().end());
    BodyHandler bodies = BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES);
    serve(router, bodies, "single", compositions::single);
    serve(router, bodies, "chain3", compositions::chain3);
    serve(router, bodies, "chain3-20ms", compositions::chain3Slow);
    serve(router, bodies, "fan10", compositions::fan10);
    serve(router, bodies, "diamond", compositions::diamond);
    serve(router, bodies, "large", compositions::large);
    serve(router, bodies, "reads3", compositions::reads3);
    return vertx
        .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(port))
        .requestHandler(router)
        .listen()
        .onSuccess(server -> actualPort.set(server.actualPort()));
  }

  private void serve(Router router, BodyHandler bodies, String name, Shape shape) {
    router
        .post("/api/v1/workflows/" + name + "/execute")
        .handler(bodies)
        .handler(context -> execute(context, name, shape));
  }

  private void execute(RoutingContext context, String name, Shape shape) {
    JsonObject input;
    try {
      input = context.body().asJsonObject();
    } catch (DecodeException | ClassCastException malformed) {
      fail(context, 400, "the body is not a JSON object");
      return;
    }
    if (input == null) {
      fail(context, 400, "the body is empty");
      return;
    }
    Future<JsonObject> output;
    try {
      Recording recording = recorder.begin(name, input);
      output = recording.end(shape.execute(input, recording));
    } catch (InvalidField invalid) {
      fail(context, 422, invalid.getMessage());
      return;
    }
    output.onComplete(
        result ->
            context
                .response()
                .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                .end(new JsonObject().put("output", result).toBuffer()),
        failure ->
            fail(
                context,
                failure instanceof TimeoutException ? 504 : 502,
                "a call to the upstream failed: " + failure.getMessage()));
  }

  private static void fail(RoutingContext context, int status, String detail) {
    context
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, PROBLEM)
        .end(new JsonObject().put("status", status).put("detail", detail).toBuffer());
  }
}
