package dev.millrace.operator.webhook;

import dev.millrace.operator.OperatorMetrics;
import dev.millrace.operator.certificate.ServingCertificate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Answers the API server over TLS; owned by the operator's verticle, lives on its event loop.
 *
 * <p>Everything that a caller may take is bounded: connections, the length and the time of a body,
 * reviews that wait, and the time until an answer. What is over a bound is refused, and the API
 * server then refuses the change.
 */
public final class WebhookServer {
  /** Where reviews are posted to. */
  public static final String PATH = "/admission/validate";

  private static final int IDLE_SECONDS = 120;
  private static final int HANDSHAKE_SECONDS = 5;
  private static final int MAX_HEAD_BYTES = 16 << 10;
  private static final long DRAIN_SECONDS = 5;

  private final WebhookOptions options;
  private final ReviewRequests requests;
  private final OperatorMetrics metrics;
  private final HttpServer server;
  private int connections;

  /**
   * Makes it, not listening yet.
   *
   * @param ready whether the cluster's definitions are known; until then reviews are refused
   */
  public WebhookServer(
      Vertx vertx,
      WebhookOptions options,
      ServingCertificate certificate,
      Reviews reviews,
      BooleanSupplier ready,
      OperatorMetrics metrics) {
    this.options = options;
    this.metrics = metrics;
    this.requests = new ReviewRequests(vertx, options, reviews, ready, metrics);
    HttpServerOptions http =
        new HttpServerOptions()
            .setHost(options.host())
            .setPort(options.port())
            .setSsl(true)
            .setUseAlpn(true)
            .setKeyCertOptions(pem(certificate))
            .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
            .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
            .setIdleTimeout(IDLE_SECONDS)
            .setMaxHeaderSize(MAX_HEAD_BYTES);
    this.server =
        vertx.createHttpServer(http).connectionHandler(this::connected).requestHandler(this::route);
  }

  /** Begins to listen; gives the port. */
  public Future<Integer> listen() {
    return server.listen().map(HttpServer::actualPort);
  }

  /** Serves with another certificate from now on; connections that are open stay. */
  public Future<Void> renew(ServingCertificate certificate) {
    return server
        .updateSSLOptions(
            new ServerSSLOptions().setUseAlpn(true).setKeyCertOptions(pem(certificate)))
        .mapEmpty();
  }

  /** Takes nothing new, lets what was taken end, and closes. */
  public Future<Void> close() {
    return server
        .shutdown(DRAIN_SECONDS, TimeUnit.SECONDS)
        .onComplete(ended -> requests.close())
        .mapEmpty();
  }

  private static PemKeyCertOptions pem(ServingCertificate certificate) {
    return new PemKeyCertOptions().addCertValue(certificate.chain()).addKeyValue(certificate.key());
  }

  private void connected(HttpConnection connection) {
    if (connections >= options.maxConnections()) {
      metrics.refused("connections");
      connection.close();
      return;
    }
    connections++;
    connection.closeHandler(closed -> connections--);
  }

  private void route(HttpServerRequest request) {
    if (!PATH.equals(request.path())) {
      ReviewRequests.refuse(request, 404, "Reviews are posted to " + PATH);
    } else if (!request.method().equals(HttpMethod.POST)) {
      request.response().putHeader("Allow", "POST");
      ReviewRequests.refuse(request, 405, "Reviews are posted");
    } else {
      requests.handle(request);
    }
  }
}
