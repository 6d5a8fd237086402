package dev.millrace.operator;

import dev.millrace.engine.json.Json;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The operator's own HTTP port: {@code /health/live}, {@code /health/ready} and {@code /metrics};
 * owned by its verticle, lives on its event loop.
 */
final class StatusServer {
  private static final int IDLE_SECONDS = 60;

  private final Vertx vertx;
  private final Supplier<String> obstacle;
  private final OperatorMetrics metrics;
  private final HttpServer server;
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

  /**
   * Makes it, not listening yet.
   *
   * @param obstacle why the operator is not ready; null when it is
   */
  StatusServer(
      Vertx vertx, OperatorOptions options, Supplier<String> obstacle, OperatorMetrics metrics) {
    this.vertx = vertx;
    this.obstacle = obstacle;
    this.metrics = metrics;
    this.server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost(options.httpHost())
                    .setPort(options.httpPort())
                    .setIdleTimeout(IDLE_SECONDS))
            .requestHandler(this::route);
  }

  Future<Void> listen() {
    return server.listen().mapEmpty();
  }

  Future<Void> close() {
    return server.close().mapEmpty();
  }

  int port() {
    return server.actualPort();
  }

  private void route(HttpServerRequest request) {
    if (!request.method().equals(HttpMethod.GET)) {
      request.response().putHeader(HttpHeaders.ALLOW, "GET").setStatusCode(405).end();
      return;
    }
    switch (request.path()) {
      case "/health/live" -> health(request, 200, "live", null);
      case "/health/ready" -> ready(request);
      case "/metrics" -> metrics(request);
      default -> request.response().setStatusCode(404).end();
    }
  }

  private void ready(HttpServerRequest request) {
    String why = obstacle.get();
    health(request, why == null ? 200 : 503, why == null ? "ready" : "not ready", why);
  }

  private static void health(HttpServerRequest request, int code, String status, String detail) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("status", status);
    if (detail != null) {
      answer.put("detail", detail);
    }
    request
        .response()
        .setStatusCode(code)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .end(Json.toBuffer(answer));
  }

  private void metrics(HttpServerRequest request) {
    vertx
        .executeBlocking(this::scrape, false)
        .onSuccess(
            text ->
                request
                    .response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, PrometheusTextFormatWriter.CONTENT_TYPE)
                    .end(text))
        .onFailure(failure -> request.response().setStatusCode(500).end());
  }

  private Buffer scrape() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream(4_096);
    writer.write(text, metrics.registry().scrape(), EscapingScheme.DEFAULT);
    return Buffer.buffer(text.toByteArray());
  }
}
