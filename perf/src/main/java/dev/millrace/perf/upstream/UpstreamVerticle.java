package dev.millrace.perf.upstream;

import dev.millrace.perf.upstream.RequestCounts.Endpoint;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * One event loop of the upstream: finds the endpoint by hand, counts the call and answers, after
 * the wanted latency. Owned by {@link PerfUpstream}; everything happens on its one event loop.
 */
final class UpstreamVerticle extends VerticleBase {

  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final long MAX_DELAY_MILLIS = 60_000;

  private final int port;
  private final Duration latency;
  private final RequestCounts counts;
  private final AtomicInteger actualPort;

  UpstreamVerticle(int port, Duration latency, RequestCounts counts, AtomicInteger actualPort) {
    this.port = port;
    this.latency = latency;
    this.counts = counts;
    this.actualPort = actualPort;
  }

  @Override
  public Future<?> start() {
    return vertx
        .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(port))
        .requestHandler(this::handle)
        .listen()
        .onSuccess(server -> actualPort.set(server.actualPort()));
  }

  private void handle(HttpServerRequest request) {
    try {
      route(request);
    } catch (IllegalArgumentException malformed) {
      answer(request, 400, problem(malformed.getMessage()));
    }
  }

  private void route(HttpServerRequest request) {
    String path = request.path();
    boolean get = request.method().equals(HttpMethod.GET);
    boolean post = request.method().equals(HttpMethod.POST);
    if (get && path.startsWith("/users/")) {
      answer(request, Endpoint.USERS, UpstreamAnswers.user(lastSegment(path, "/users/")));
    } else if (get && path.startsWith("/items/")) {
      int number = Integer.parseInt(lastSegment(path, "/items/"));
      String customer = UpstreamAnswers.plain(request.getParam("customer"));
      answer(request, Endpoint.ITEMS, UpstreamAnswers.item(number, customer));
    } else if (get && path.startsWith("/carts/")) {
      answer(request, Endpoint.CARTS, UpstreamAnswers.cart(lastSegment(path, "/carts/")));
    } else if (get && path.startsWith("/shipments/")) {
      String order = UpstreamAnswers.plain(request.getParam("order"));
      String id = lastSegment(path, "/shipments/");
      answer(request, Endpoint.SHIPMENTS, UpstreamAnswers.shipment(id, order));
    } else if (post && path.equals("/orders")) {
      answerBody(request, Endpoint.ORDERS, body -> UpstreamAnswers.order(new JsonObject(body)));
    } else if (post && path.equals("/join")) {
      answerBody(request, Endpoint.JOIN, body -> UpstreamAnswers.join(new JsonObject(body)));
    } else if (post && path.equals("/documents")) {
      answerBody(request, Endpoint.DOCUMENTS, UpstreamAnswers::document);
    } else if (get && path.equals("/stats")) {
      answer(request, 200, counts.toJson().toBuffer());
    } else if (post && path.equals("/reset")) {
      counts.reset();
      answer(request, 200, counts.toJson().toBuffer());
    } else {
      answer(request, 404, problem("nothing at " + request.method() + " " + path));
    }
  }

  private void answerBody(
      HttpServerRequest request, Endpoint endpoint, Function<Buffer, Buffer> answer) {
    request
        .body()
        .onSuccess(
            body -> {
              try {
                answer(request, endpoint, answer.apply(body));
              } catch (IllegalArgumentException
                  | DecodeException
                  | ClassCastException
                  | NullPointerException malformed) {
                answer(request, 400, problem("malformed body: " + malformed.getMessage()));
              }
            });
  }

  private void answer(HttpServerRequest request, Endpoint endpoint, Buffer body) {
    counts.increment(endpoint);
    long delayMillis = delayMillis(request);
    if (delayMillis == 0) {
      answer(request, 200, body);
    } else {
      vertx.setTimer(delayMillis, timer -> answer(request, 200, body));
    }
  }

  private long delayMillis(HttpServerRequest request) {
    String query = request.query();
    if (query == null || !query.contains("delayMs")) {
      return latency.toMillis();
    }
    long delayMillis = Long.parseLong(request.getParam("delayMs"));
    if (delayMillis < 0 || delayMillis > MAX_DELAY_MILLIS) {
      throw new IllegalArgumentException("delayMs must be between 0 and " + MAX_DELAY_MILLIS);
    }
    return delayMillis;
  }

  private static void answer(HttpServerRequest request, int status, Buffer body) {
    var response = request.response();
    response.setStatusCode(status);
    response.putHeader(HttpHeaders.CONTENT_TYPE, JSON);
    response.end(body);
  }

  private static String lastSegment(String path, String prefix) {
    return UpstreamAnswers.plain(path.substring(prefix.length()));
  }

  private static Buffer problem(String detail) {
    return new JsonObject().put("detail", detail).toBuffer();
  }
}
