package dev.millrace.perf.stress;

import dev.millrace.perf.process.Bench;
import dev.millrace.perf.webhook.MeasuredReviews;
import dev.millrace.perf.webhook.MeasuredWebhook;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Three times as many reviews as the operator's webhook can judge, over TLS. Owned by {@link
 * LoadTest}, used on the main thread.
 */
final class WebhookStress {
  private final Bench bench;
  private final GatlingRun gatling;
  private final Options options;

  WebhookStress(Bench bench, GatlingRun gatling, Options options) {
    this.bench = bench;
    this.gatling = gatling;
    this.options = options;
  }

  Judgement run() throws Exception {
    Path reviews = Files.createDirectories(bench.work().resolve("reviews"));
    List<Buffer> bodies = MeasuredReviews.withTaskChanges();
    for (int body = 0; body < bodies.size(); body++) {
      Files.write(reviews.resolve("%03d.json".formatted(body)), bodies.get(body).getBytes());
    }
    return new Stress(
            gatling,
            options,
            MeasuredWebhook.start(bench, MeasuredWebhook.CHART_FLAGS),
            "review",
            "WebhookSimulation",
            "WebhookSimulation",
            false)
        .run(Map.of());
  }
}
