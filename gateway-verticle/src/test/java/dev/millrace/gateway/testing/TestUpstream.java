package dev.millrace.gateway.testing;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/** A service that tasks call, good and bad; owned by one test class. */
public final class TestUpstream implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> closed = new LinkedBlockingQueue<>();
  private final BlockingQueue<HttpServerRequest> held = new LinkedBlockingQueue<>();
  private final AtomicLong sent = new AtomicLong();
  private volatile Map<String, String> lastHeaders = Map.of();

  private TestUpstream() {
    server =
        vertx.createHttpServer(
            new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(0)
                .setMaxInitialLineLength(65_536));
    TestGateway.await(server.requestHandler(this::handle).listen());
  }

  /** Begins to listen. */
  public static TestUpstream start() {
    return new TestUpstream();
  }

  /** Where it listens. */
  public int port() {
    return server.actualPort();
  }

  /** Every request so far, as method and address. */
  public List<String> requests() {
    return requests;
  }

  /** The headers of the last request, names in lower case. */
  public Map<String, String> lastHeaders() {
    return lastHeaders;
  }

  /** Addresses whose connection was closed before they were answered. */
  public BlockingQueue<String> closed() {
    return closed;
  }

  /** Requests to {@code /hangs} that wait for an answer. */
  public BlockingQueue<HttpServerRequest> held() {
    return held;
  }

  /** How many bytes of the endless answer went out. */
  public long bytesSent() {
    return sent.get();
  }

  private void handle(HttpServerRequest request) {
    requests.add(request.method() + " " + request.uri());
    Map<String, String> headers = new java.util.TreeMap<>();
    request
        .headers()
        .forEach(
            header ->
                headers.put(header.getKey().toLowerCase(java.util.Locale.ROOT), header.getValue()));
    lastHeaders = headers;
    request.response().exceptionHandler(ignored -> {});
    request.response().closeHandler(ignored -> closed.add(request.uri()));
    String path = request.path();
    if (path.startsWith("/users/")) {
      String id = path.substring("/users/".length());
      json(request, "{\"id\":\"" + id + "\",\"email\":\"" + id + "@example.com\"}");
    } else if (path.equals("/echo")) {
      request.body().onSuccess(body -> json(request, "{\"received\":" + body + "}"));
    } else if (path.equals("/500")) {
      request.response().setStatusCode(500).end("secret upstream text");
    } else if (path.equals("/html")) {
      request.response().putHeader("Content-Type", "text/html").end("<html>secret</html>");
    } else if (path.equals("/half")) {
      request
          .response()
          .putHeader("Content-Length", "100")
          .write("{\"id\":")
          .onComplete(ignored -> request.connection().close());
    } else if (path.equals("/huge")) {
      request.response().setChunked(true);
      pour(request, Buffer.buffer(new byte[65_536]), 1_600);
    } else if (path.equals("/wrong")) {
      json(request, "{\"id\":5}");
    } else if (path.equals("/hangs")) {
      held.add(request);
    } else {
      json(request, "{}");
    }
  }

  private void pour(HttpServerRequest request, Buffer block, int blocks) {
    if (blocks == 0) {
      request.response().end();
      return;
    }
    request
        .response()
        .write(block)
        .onSuccess(
            ignored -> {
              sent.addAndGet(block.length());
              pour(request, block, blocks - 1);
            });
  }

  private static void json(HttpServerRequest request, String body) {
    request.response().putHeader("Content-Type", "application/json").end(body);
  }

  @Override
  public void close() {
    TestGateway.await(vertx.close());
  }
}
