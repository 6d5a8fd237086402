package dev.millrace.operator;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** What the operator counts; one for the process, usable on any thread. */
public final class OperatorMetrics {
  private static final double NANOS = 1e9;
  private static final double[] BOUNDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5
  };

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter admissions;
  private final Histogram reviewDurations;
  private final Counter refusedReviews;
  private final Histogram reconcileDurations;
  private final Counter statusWrites;

  /** Registers the series. */
  public OperatorMetrics() {
    admissions =
        Counter.builder()
            .name("millrace_admissions_total")
            .help("Reviews that were answered, by kind, operation and verdict")
            .labelNames("kind", "operation", "verdict")
            .withoutExemplars()
            .register(registry);
    reviewDurations =
        Histogram.builder()
            .name("millrace_admission_duration_seconds")
            .help("How long judging a review took")
            .classicOnly()
            .classicUpperBounds(BOUNDS)
            .withoutExemplars()
            .register(registry);
    refusedReviews =
        Counter.builder()
            .name("millrace_admissions_refused_total")
            .help("Requests to the webhook that were turned away unread, by reason")
            .labelNames("reason")
            .withoutExemplars()
            .register(registry);
    reconcileDurations =
        Histogram.builder()
            .name("millrace_reconcile_duration_seconds")
            .help("How long bringing the status of a resource up to date took, by kind and outcome")
            .labelNames("kind", "outcome")
            .classicOnly()
            .classicUpperBounds(BOUNDS)
            .withoutExemplars()
            .register(registry);
    statusWrites =
        Counter.builder()
            .name("millrace_status_writes_total")
            .help("Changes of a status that were written, by kind")
            .labelNames("kind")
            .withoutExemplars()
            .register(registry);
  }

  /** Where everything is registered. */
  public PrometheusRegistry registry() {
    return registry;
  }

  /** A review was answered. */
  public void reviewed(String kind, String operation, String verdict, long nanos) {
    admissions.labelValues(kind, operation, verdict).inc();
    reviewDurations.observe(nanos / NANOS);
  }

  /** A request to the webhook was turned away. */
  public void refused(String reason) {
    refusedReviews.labelValues(reason).inc();
  }

  /** A resource was looked at. */
  public void reconciled(String kind, boolean succeeded, long nanos) {
    reconcileDurations.labelValues(kind, succeeded ? "succeeded" : "failed").observe(nanos / NANOS);
  }

  /** A status was written. */
  public void wroteStatus(String kind) {
    statusWrites.labelValues(kind).inc();
  }

  /**
   * Shows how the operator stands; to be called once.
   *
   * @param depths of the queues, by kind
   */
  public void watch(
      Map<String, IntSupplier> depths, BooleanSupplier leading, BooleanSupplier watching) {
    GaugeWithCallback.builder()
        .name("millrace_reconcile_queue_depth")
        .help("Resources that wait for a look at their status, by kind")
        .labelNames("kind")
        .callback(
            callback -> depths.forEach((kind, depth) -> callback.call(depth.getAsInt(), kind)))
        .register(registry);
    GaugeWithCallback.builder()
        .name("millrace_operator_leading")
        .help("1 where this operator writes statuses, 0 where another one does")
        .callback(callback -> callback.call(leading.getAsBoolean() ? 1 : 0))
        .register(registry);
    GaugeWithCallback.builder()
        .name("millrace_operator_watching")
        .help("1 while the resources of the cluster are followed, 0 while a watch is lost")
        .callback(callback -> callback.call(watching.getAsBoolean() ? 1 : 0))
        .register(registry);
  }
}
