package dev.millrace.engine.execution;

import dev.millrace.engine.catalog.Catalog;
import dev.millrace.engine.catalog.CatalogEntry;
import dev.millrace.engine.catalog.CatalogSnapshot;
import dev.millrace.engine.definition.Durability;
import dev.millrace.engine.journal.Fact;
import dev.millrace.engine.journal.Journal;
import dev.millrace.engine.plan.ExecutionPlan;
import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import dev.millrace.engine.schema.SchemaError;
import dev.millrace.engine.task.TaskRunner;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Runs workflows on one event loop, from the request to the answer. Owned by the verticle of that
 * loop, and used on its thread only: therefore without locks. The process-wide parts that it is
 * made of are shared.
 */
public final class Orchestrator implements WorkflowEngine {
  final Vertx vertx;
  final ContextInternal context;
  final TaskRunner runner;
  final Journal journal;
  final EngineObserver observer;
  final EngineClock clock;

  private final Catalog catalog;
  private final Admission admission;
  private final ExecutionIds ids = new ExecutionIds();
  private final Map<String, RunningExecution> running = new HashMap<>();
  private boolean closed;

  private Orchestrator(
      Vertx vertx,
      Catalog catalog,
      TaskRunner runner,
      Journal journal,
      EngineObserver observer,
      Admission admission,
      EngineClock clock) {
    this.vertx = Objects.requireNonNull(vertx);
    this.context = (ContextInternal) vertx.getOrCreateContext();
    this.catalog = Objects.requireNonNull(catalog);
    this.runner = Objects.requireNonNull(runner);
    this.journal = Objects.requireNonNull(journal);
    this.observer = Objects.requireNonNull(observer);
    this.admission = Objects.requireNonNull(admission);
    this.clock = clock;
  }

  /** Makes the orchestrator of the calling event loop. */
  public static Orchestrator create(
      Vertx vertx,
      Catalog catalog,
      TaskRunner runner,
      Journal journal,
      EngineObserver observer,
      Admission admission) {
    return create(vertx, catalog, runner, journal, observer, admission, EngineClock.SYSTEM);
  }

  static Orchestrator create(
      Vertx vertx,
      Catalog catalog,
      TaskRunner runner,
      Journal journal,
      EngineObserver observer,
      Admission admission,
      EngineClock clock) {
    return new Orchestrator(vertx, catalog, runner, journal, observer, admission, clock);
  }

  @Override
  public Future<ExecutionResult> execute(ExecutionRequest request) {
    if (!context.inThread()) {
      throw new IllegalStateException("an orchestrator is called on its own event loop only");
    }
    String namespace =
        request.namespace() == null ? catalog.defaultNamespace() : request.namespace();
    CatalogSnapshot snapshot = catalog.snapshot();
    CatalogEntry entry = snapshot.workflow(namespace, request.workflow());
    if (entry == null) {
      return refused(Failures.unknownWorkflow(snapshot, namespace, request.workflow()));
    }
    ExecutionPlan plan = entry.plan();
    if (plan == null) {
      return refused(Failures.notReady(entry));
    }
    if (plan.durability() != Durability.None && !journal.hasRoom()) {
      return refused(Failures.journalFull());
    }
    if (closed) {
      return refused(Failure.of(ErrorCode.Draining, "this gateway has shut down"));
    }
    Failure full = admission.enter();
    if (full != null) {
      return refused(full);
    }
    List<SchemaError> errors = plan.inputSchema().validate(request.input());
    if (!errors.isEmpty()) {
      admission.leave();
      return refused(Failures.invalidInput(errors));
    }
    return begin(plan, namespace, request);
  }

  private static Future<ExecutionResult> refused(Failure failure) {
    return Future.failedFuture(failure.exception());
  }

  private Future<ExecutionResult> begin(
      ExecutionPlan plan, String namespace, ExecutionRequest request) {
    long startedAt = clock.epochMicros();
    long timeoutMillis = plan.timeoutMillis();
    if (request.timeoutMillis() > 0) {
      timeoutMillis = Math.min(timeoutMillis, request.timeoutMillis());
    }
    var started =
        new Fact.ExecutionStarted(
            ids.next(startedAt / 1_000L),
            namespace,
            request.workflow(),
            plan.versionHash(),
            plan.durability(),
            request.input(),
            startedAt,
            startedAt + timeoutMillis * 1_000L);
    var execution = new RunningExecution(this, plan, request, started, timeoutMillis);
    running.put(started.executionId(), execution);
    return execution.run();
  }

  /** An execution has been answered. */
  void ended(String executionId) {
    running.remove(executionId);
    admission.leave();
  }

  /** How many executions run on this loop. */
  public int inFlight() {
    return running.size();
  }

  /**
   * Accepts nothing any more and gives up what still runs; drain the {@link Admission} first to let
   * it finish. Called on the orchestrator's own event loop.
   */
  public void close() {
    closed = true;
    for (RunningExecution execution : List.copyOf(running.values())) {
      execution.abandon();
    }
  }
}
