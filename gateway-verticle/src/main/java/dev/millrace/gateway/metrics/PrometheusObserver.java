package dev.millrace.gateway.metrics;

import dev.millrace.engine.execution.EngineObserver;
import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.problem.ResourceName;
import dev.millrace.engine.task.Attempt;
import dev.millrace.engine.task.AttemptOutcome;
import dev.millrace.engine.task.CompiledTask;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Counts what the engine does; one for the whole process, called on all event loops, without locks.
 *
 * <p>The series of a workflow or a task are looked up by its name once per event and kept. Names
 * come from definitions only, never from callers, and beyond {@value #MAXIMUM_NAMES} of them the
 * rest is counted together.
 */
public final class PrometheusObserver implements EngineObserver {
  /** How many workflows, and how many tasks, have series of their own. */
  static final int MAXIMUM_NAMES = 5_000;

  private static final double NANOS = 1e9;
  private static final String REST = "_other_";
  private static final double[] BOUNDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30
  };

  private final Counter executions;
  private final Histogram executionDurations;
  private final Counter attempts;
  private final Histogram attemptDurations;
  private final ConcurrentMap<String, ConcurrentMap<String, WorkflowSeries>> workflows =
      new ConcurrentHashMap<>();
  private final ConcurrentMap<ResourceName, TaskSeries> tasks = new ConcurrentHashMap<>();

  /** Registers the series. */
  public PrometheusObserver(PrometheusRegistry registry) {
    executions =
        Counter.builder()
            .name("millrace_executions_total")
            .help("Executions that ended, by workflow and status")
            .labelNames("namespace", "workflow", "status")
            .withoutExemplars()
            .register(registry);
    executionDurations =
        Histogram.builder()
            .name("millrace_execution_duration_seconds")
            .help("How long executions took, by workflow")
            .labelNames("namespace", "workflow")
            .classicOnly()
            .classicUpperBounds(BOUNDS)
            .withoutExemplars()
            .register(registry);
    attempts =
        Counter.builder()
            .name("millrace_task_attempts_total")
            .help("Attempts of tasks' calls, by task and outcome")
            .labelNames("namespace", "task", "outcome")
            .withoutExemplars()
            .register(registry);
    attemptDurations =
        Histogram.builder()
            .name("millrace_task_attempt_duration_seconds")
            .help("How long attempts of tasks' calls took, by task")
            .labelNames("namespace", "task")
            .classicOnly()
            .classicUpperBounds(BOUNDS)
            .withoutExemplars()
            .register(registry);
  }

  @Override
  public void executionEnded(
      String executionId,
      String namespace,
      String workflow,
      ExecutionStatus status,
      long durationNanos) {
    WorkflowSeries series = series(namespace, workflow);
    series.ended(status).inc();
    series.durations.observe(durationNanos / NANOS);
  }

  @Override
  public void attemptEnded(CompiledTask task, Attempt attempt) {
    TaskSeries series = series(task.name());
    series.ended(attempt.outcome()).inc();
    series.durations.observe(attempt.durationNanos() / NANOS);
  }

  private WorkflowSeries series(String namespace, String workflow) {
    ConcurrentMap<String, WorkflowSeries> ofNamespace = workflows.get(namespace);
    WorkflowSeries known = ofNamespace == null ? null : ofNamespace.get(workflow);
    return known == null ? newSeries(namespace, workflow) : known;
  }

  private WorkflowSeries newSeries(String namespace, String workflow) {
    int count = 0;
    for (ConcurrentMap<String, WorkflowSeries> names : workflows.values()) {
      count += names.size();
    }
    if (count >= MAXIMUM_NAMES && !namespace.equals(REST)) {
      return series(REST, REST);
    }
    return workflows
        .computeIfAbsent(namespace, ignored -> new ConcurrentHashMap<>())
        .computeIfAbsent(workflow, ignored -> new WorkflowSeries(namespace, workflow));
  }

  private TaskSeries series(ResourceName name) {
    TaskSeries known = tasks.get(name);
    if (known != null) {
      return known;
    }
    if (tasks.size() >= MAXIMUM_NAMES && !name.namespace().equals(REST)) {
      return series(new ResourceName(name.kind(), REST, REST));
    }
    return tasks.computeIfAbsent(name, TaskSeries::new);
  }

  private final class WorkflowSeries {
    private final String namespace;
    private final String workflow;
    private final DistributionDataPoint durations;
    private final ConcurrentMap<ExecutionStatus, CounterDataPoint> byStatus =
        new ConcurrentHashMap<>();

    WorkflowSeries(String namespace, String workflow) {
      this.namespace = namespace;
      this.workflow = workflow;
      this.durations = executionDurations.labelValues(namespace, workflow);
    }

    CounterDataPoint ended(ExecutionStatus status) {
      CounterDataPoint point = byStatus.get(status);
      if (point == null) {
        point = executions.labelValues(namespace, workflow, status.name());
        byStatus.put(status, point);
      }
      return point;
    }
  }

  private final class TaskSeries {
    private final ResourceName name;
    private final DistributionDataPoint durations;
    private final ConcurrentMap<AttemptOutcome, CounterDataPoint> byOutcome =
        new ConcurrentHashMap<>();

    TaskSeries(ResourceName name) {
      this.name = name;
      this.durations = attemptDurations.labelValues(name.namespace(), name.name());
    }

    CounterDataPoint ended(AttemptOutcome outcome) {
      CounterDataPoint point = byOutcome.get(outcome);
      if (point == null) {
        point = attempts.labelValues(name.namespace(), name.name(), outcome.label());
        byOutcome.put(outcome, point);
      }
      return point;
    }
  }
}
