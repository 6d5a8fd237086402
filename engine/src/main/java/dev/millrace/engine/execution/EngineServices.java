package dev.millrace.engine.execution;

import dev.millrace.engine.catalog.Catalog;
import dev.millrace.engine.catalog.CatalogEntry;
import dev.millrace.engine.catalog.CatalogSnapshot;
import dev.millrace.engine.catalog.PinnedPlans;
import dev.millrace.engine.catalog.TaskEntry;
import dev.millrace.engine.journal.DurationHistory;
import dev.millrace.engine.journal.InMemoryPlanStore;
import dev.millrace.engine.journal.Journal;
import dev.millrace.engine.journal.Ownership;
import dev.millrace.engine.journal.SampledEstimates;
import dev.millrace.engine.plan.DryRun;
import dev.millrace.engine.plan.Estimates;
import dev.millrace.engine.task.TaskRunner;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The parts of the engine that the whole process shares; made once by the program, used on any
 * thread. Each event loop takes its own {@link Orchestrator} from here.
 *
 * @param plans keeps the plan of an execution before it is recorded
 * @param ownership whether the executions here are certainly this gateway's
 * @param orchestrators those that are made here
 * @param taskRunners makes the runner of one event loop; called on that loop
 * @param durations what dry runs estimate by
 */
public record EngineServices(
    Catalog catalog,
    Journal journal,
    PinnedPlans plans,
    Ownership ownership,
    Orchestrators orchestrators,
    EngineObserver observer,
    Admission admission,
    Function<Vertx, TaskRunner> taskRunners,
    DurationHistory durations) {
  private static final Duration ESTIMATES_PATIENCE = Duration.ofSeconds(2);

  public EngineServices {
    Objects.requireNonNull(catalog);
    Objects.requireNonNull(journal);
    Objects.requireNonNull(plans);
    Objects.requireNonNull(ownership);
    Objects.requireNonNull(orchestrators);
    Objects.requireNonNull(observer);
    Objects.requireNonNull(admission);
    Objects.requireNonNull(taskRunners);
    Objects.requireNonNull(durations);
  }

  /** The parts of an engine whose executions live and die with this process. */
  public static EngineServices alone(
      Vertx vertx,
      Catalog catalog,
      Journal journal,
      EngineObserver observer,
      Admission admission,
      Function<Vertx, TaskRunner> taskRunners,
      DurationHistory durations) {
    return new EngineServices(
        catalog,
        journal,
        new PinnedPlans(vertx, new InMemoryPlanStore()),
        Ownership.ALWAYS,
        new Orchestrators(),
        observer,
        admission,
        taskRunners,
        durations);
  }

  /** A new orchestrator for the calling event loop. */
  public Orchestrator newOrchestrator(Vertx vertx) {
    return Orchestrator.create(vertx, this, EngineClock.SYSTEM);
  }

  /**
   * What history says of how long the tasks of a workflow take. Never fails: a history that cannot
   * answer soon says nothing.
   *
   * @param namespace null for the default namespace
   */
  public Future<Estimates> estimates(String namespace, String workflow) {
    return durations
        .recent(namespace == null ? catalog.defaultNamespace() : namespace, workflow)
        .timeout(ESTIMATES_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .<Estimates>map(SampledEstimates::new)
        .otherwise(Estimates.NONE);
  }

  /**
   * Plans an execution without calling anything; pure, but not cheap.
   *
   * @param namespace null for the default namespace
   * @param estimates of its tasks
   * @return the answer of {@code test}
   * @throws dev.millrace.engine.problem.FailureException when there is no such workflow
   */
  public ObjectNode dryRun(String namespace, String workflow, JsonNode input, Estimates estimates) {
    String place = namespace == null ? catalog.defaultNamespace() : namespace;
    CatalogSnapshot snapshot = catalog.snapshot();
    CatalogEntry entry = snapshot.workflow(place, workflow);
    if (entry == null) {
      throw Failures.unknownWorkflow(snapshot, place, workflow).exception();
    }
    return DryRun.of(
        entry.workflow(),
        entry.report(),
        name -> {
          TaskEntry task = snapshot.task(place, name);
          return task == null ? null : task.compiled();
        },
        input,
        estimates);
  }
}
