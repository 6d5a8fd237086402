package dev.millrace.app.demo;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * The services that the examples call: steady made-up data, faults that can be switched while it
 * runs, and a log of calls. Deployed by {@code millrace demo}; lives on one event loop.
 */
public final class DemoUpstream extends VerticleBase {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int MAX_BODY_BYTES = 256 << 10;
  private static final int MAX_REMEMBERED = 1_000;
  private static final int IDLE_SECONDS = 120;
  private static final String PAGE =
      "<!doctype html><title>Maintenance</title><h1>We will be back soon</h1>";

  private final String host;
  private final int port;
  private final Clock clock;
  private final List<Endpoint> endpoints;
  private final Faults faults;
  private final CallLog calls = new CallLog();

  /** Answers of effects by idempotency key, the oldest forgotten first. */
  private final Map<String, Answer> remembered =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Answer> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };

  private HttpServer server;

  /** An upstream that is not deployed yet; port 0 takes any free one. */
  public DemoUpstream(String host, int port, Clock clock) {
    this.host = host;
    this.port = port;
    this.clock = clock;
    this.endpoints = Endpoint.of(new Shop(clock));
    this.faults = new Faults(endpoints.stream().map(Endpoint::name).toList());
    faults.set("oldpost", new Fault(Fault.Mode.ERROR, 503, 0, 0.5));
  }

  /** The port it listens on, once it is deployed. */
  public int port() {
    return server.actualPort();
  }

  @Override
  public Future<?> start() {
    Router router = Router.router(vertx);
    for (Endpoint endpoint : endpoints) {
      router.route(endpoint.method(), endpoint.path()).handler(context -> serve(endpoint, context));
    }
    router.get("/").handler(context -> send(context, Answer.ok(overview())));
    router.get("/faults").handler(context -> send(context, Answer.ok(faults.shown())));
    router.put("/faults/:endpoint").handler(this::setFault);
    router.delete("/faults/:endpoint").handler(this::clearFault);
    router.delete("/faults").handler(context -> clear(context, faults::clear));
    router.get("/calls").handler(this::listCalls);
    router.delete("/calls").handler(context -> clear(context, calls::clear));
    HttpServerOptions options =
        new HttpServerOptions().setHost(host).setPort(port).setIdleTimeout(IDLE_SECONDS);
    return vertx
        .createHttpServer(options)
        .requestHandler(router)
        .listen()
        .onSuccess(listening -> server = listening);
  }

  private Map<String, Object> overview() {
    Map<String, Object> overview = new LinkedHashMap<>();
    for (Endpoint endpoint : endpoints) {
      overview.put(endpoint.name(), endpoint.method() + " " + endpoint.path());
    }
    return Map.of("endpoints", overview, "control", List.of("/faults", "/calls"));
  }

  private void serve(Endpoint endpoint, RoutingContext context) {
    Fault fault = faults.get(endpoint.name());
    Fault.Mode mode = faults.next(endpoint.name());
    body(context.request())
        .compose(body -> delay(fault.latencyMs()).map(body))
        .onSuccess(body -> answer(endpoint, mode, fault.status(), context, body))
        .onFailure(refused -> send(context, Answer.error(400, refused.getMessage())));
  }

  private Future<Void> delay(int millis) {
    return millis == 0 ? Future.succeededFuture() : vertx.timer(millis, TimeUnit.MILLISECONDS);
  }

  private void answer(
      Endpoint endpoint, Fault.Mode mode, int status, RoutingContext context, JsonNode body) {
    HttpServerResponse response = context.response();
    if (response.closed()) {
      log(endpoint, context.request(), "abandoned");
      return;
    }
    switch (mode) {
      case NONE -> {
        Answer answer = answer(endpoint, context, body);
        log(endpoint, context.request(), Integer.toString(answer.status()));
        send(context, answer);
      }
      case ERROR -> {
        log(endpoint, context.request(), Integer.toString(status));
        send(context, Answer.error(status, "switched on with PUT /faults/" + endpoint.name()));
      }
      case HANG -> log(endpoint, context.request(), "hang");
      case HTML -> {
        log(endpoint, context.request(), "html");
        response.putHeader("content-type", "text/html; charset=utf-8").end(PAGE);
      }
      case TRUNCATE -> {
        log(endpoint, context.request(), "truncate");
        truncate(context, JSON.writeValueAsBytes(answer(endpoint, context, body).body()));
      }
    }
  }

  private Answer answer(Endpoint endpoint, RoutingContext context, JsonNode body) {
    Endpoint.Call call = new Endpoint.Call(context.pathParams(), context.request(), body);
    if (call.id() != null && call.id().startsWith("missing")) {
      return Answer.error(404, "there is no " + call.id());
    }
    String key = context.request().getHeader("Idempotency-Key");
    if (key == null) {
      return endpoint.service().answer(call);
    }
    return remembered.computeIfAbsent(
        endpoint.name() + " " + key, first -> endpoint.service().answer(call));
  }

  private static void truncate(RoutingContext context, byte[] whole) {
    HttpServerResponse response = context.response();
    response
        .putHeader("content-type", "application/json")
        .putHeader("content-length", Integer.toString(whole.length));
    Buffer half = Buffer.buffer(whole).slice(0, whole.length / 2);
    response.write(half).eventually(() -> context.request().connection().close());
  }

  private void setFault(RoutingContext context) {
    String endpoint = context.pathParam("endpoint");
    if (!faults.knows(endpoint)) {
      send(context, unknown(endpoint));
      return;
    }
    body(context.request())
        .map(Faults::read)
        .onSuccess(
            fault -> {
              faults.set(endpoint, fault);
              send(context, Answer.ok(Map.of(endpoint, Faults.Shown.of(fault))));
            })
        .onFailure(refused -> send(context, Answer.error(400, refused.getMessage())));
  }

  private void clearFault(RoutingContext context) {
    String endpoint = context.pathParam("endpoint");
    if (faults.knows(endpoint)) {
      clear(context, () -> faults.set(endpoint, Fault.NONE));
    } else {
      send(context, unknown(endpoint));
    }
  }

  private Answer unknown(String endpoint) {
    return Answer.error(404, "there is no endpoint " + endpoint + "; GET /faults lists them");
  }

  private static void clear(RoutingContext context, Runnable action) {
    action.run();
    context.response().setStatusCode(204).end();
  }

  private void listCalls(RoutingContext context) {
    String limit = context.request().getParam("limit");
    int most = limit != null && limit.matches("[0-9]{1,4}") ? Integer.parseInt(limit) : 50;
    send(context, Answer.ok(Map.of("items", calls.newest(most))));
  }

  private void log(Endpoint endpoint, HttpServerRequest request, String outcome) {
    calls.add(
        new CallLog.Call(
            clock.instant().toString(),
            endpoint.name(),
            request.method().name(),
            request.uri(),
            outcome,
            request.getHeader("Idempotency-Key"),
            request.getHeader("traceparent"),
            request.getHeader("X-Request-Timeout-Ms")));
  }

  /** The body as JSON, whatever its content type says: curl calls everything a form. */
  private static Future<JsonNode> body(HttpServerRequest request) {
    Promise<Buffer> promise = Promise.promise();
    Buffer whole = Buffer.buffer();
    request.handler(
        part -> {
          if (whole.length() + part.length() > MAX_BODY_BYTES) {
            promise.tryFail("the body is larger than " + MAX_BODY_BYTES + " bytes");
          } else {
            whole.appendBuffer(part);
          }
        });
    request.exceptionHandler(promise::tryFail);
    request.endHandler(ended -> promise.tryComplete(whole));
    return promise.future().map(DemoUpstream::json);
  }

  private static JsonNode json(Buffer text) {
    try {
      return text.length() == 0 ? MissingNode.getInstance() : JSON.readTree(text.getBytes());
    } catch (JacksonException notJson) {
      throw new IllegalArgumentException("the body is not JSON", notJson);
    }
  }

  private static void send(RoutingContext context, Answer answer) {
    HttpServerResponse response = context.response();
    if (!response.closed() && !response.ended()) {
      response
          .setStatusCode(answer.status())
          .putHeader("content-type", "application/json")
          .end(Buffer.buffer(JSON.writeValueAsBytes(answer.body())));
    }
  }
}
