package dev.millrace.gateway.metrics;

import dev.millrace.gateway.http.Answer;
import dev.millrace.gateway.http.Endpoint;
import dev.millrace.gateway.http.Exchange;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Answers {@code GET /metrics} in the Prometheus text format; owned by the gateway verticle,
 * gathers on a worker thread because the JVM's own numbers take their time.
 */
public final class MetricsHandler implements Endpoint {
  private final Vertx vertx;
  private final PrometheusRegistry registry;
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

  public MetricsHandler(Vertx vertx, PrometheusRegistry registry) {
    this.vertx = vertx;
    this.registry = registry;
  }

  @Override
  public Future<Answer> handle(Exchange exchange) {
    return vertx.executeBlocking(this::scrape, false);
  }

  private Answer scrape() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream(16_384);
    writer.write(text, registry.scrape(), EscapingScheme.DEFAULT);
    return Answer.of(PrometheusTextFormatWriter.CONTENT_TYPE, Buffer.buffer(text.toByteArray()));
  }
}
