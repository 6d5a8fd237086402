package dev.millrace.gateway.metrics;

import dev.millrace.engine.catalog.Catalog;
import dev.millrace.engine.catalog.CatalogEntry;
import dev.millrace.engine.catalog.CatalogSnapshot;
import dev.millrace.engine.catalog.TaskEntry;
import dev.millrace.engine.execution.Admission;
import dev.millrace.engine.problem.ResourceName;
import dev.millrace.engine.task.BreakerState;
import dev.millrace.gateway.http.RequestListener;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.function.Supplier;

/**
 * All metrics of the process; one, made by the program before the engine, since the engine reports
 * to its observer. Any thread.
 */
public final class GatewayMetrics {
  private final PrometheusRegistry registry;
  private final PrometheusObserver observer;
  private final HttpMetrics requests;

  private GatewayMetrics(PrometheusRegistry registry) {
    this.registry = registry;
    this.observer = new PrometheusObserver(registry);
    this.requests = new HttpMetrics(registry);
  }

  /** New metrics, those of the JVM included. */
  public static GatewayMetrics create() {
    PrometheusRegistry registry = new PrometheusRegistry();
    JvmMetrics.builder().register(registry);
    return new GatewayMetrics(registry);
  }

  /** What the engine reports to. */
  public PrometheusObserver observer() {
    return observer;
  }

  /** What the gateways report to. */
  public RequestListener requests() {
    return requests;
  }

  /** Where everything is registered. */
  public PrometheusRegistry registry() {
    return registry;
  }

  /**
   * Shows what the catalog serves, how many executions are in flight and where the circuit breakers
   * stand; to be called once.
   *
   * @param breakers asked on worker threads whenever somebody reads the metrics
   */
  public GatewayMetrics watch(
      Catalog catalog, Admission admission, Supplier<Map<ResourceName, BreakerState>> breakers) {
    GaugeWithCallback.builder()
        .name("millrace_executions_in_flight")
        .help("Executions in flight")
        .callback(callback -> callback.call(admission.inFlight()))
        .register(registry);
    GaugeWithCallback.builder()
        .name("millrace_definitions")
        .help("Definitions by kind, and whether they are served as they were written last")
        .labelNames("kind", "valid")
        .callback(callback -> report(catalog.snapshot(), callback))
        .register(registry);
    GaugeWithCallback.builder()
        .name("millrace_circuit_breaker_state")
        .help("1 for the state that a task's circuit breaker is in, 0 for the others")
        .labelNames("namespace", "task", "state")
        .callback(callback -> report(breakers.get(), callback))
        .register(registry);
    return this;
  }

  private static void report(
      Map<ResourceName, BreakerState> breakers, GaugeWithCallback.Callback callback) {
    for (Map.Entry<ResourceName, BreakerState> breaker : breakers.entrySet()) {
      ResourceName task = breaker.getKey();
      for (BreakerState state : BreakerState.values()) {
        callback.call(
            breaker.getValue() == state ? 1 : 0, task.namespace(), task.name(), state.label());
      }
    }
  }

  private static void report(CatalogSnapshot snapshot, GaugeWithCallback.Callback callback) {
    int readyWorkflows = 0;
    for (CatalogEntry entry : snapshot.workflows()) {
      readyWorkflows += entry.ready() ? 1 : 0;
    }
    int readyTasks = 0;
    for (TaskEntry entry : snapshot.tasks()) {
      readyTasks += entry.ready() ? 1 : 0;
    }
    callback.call(readyWorkflows, "Workflow", "true");
    callback.call(snapshot.workflows().size() - readyWorkflows, "Workflow", "false");
    callback.call(readyTasks, "WorkflowTask", "true");
    callback.call(snapshot.tasks().size() - readyTasks, "WorkflowTask", "false");
  }
}
