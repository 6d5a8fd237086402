package dev.millrace.engine.execution;

import dev.millrace.engine.catalog.Catalog;
import dev.millrace.engine.catalog.CatalogEntry;
import dev.millrace.engine.catalog.CatalogSnapshot;
import dev.millrace.engine.catalog.PinnedPlans;
import dev.millrace.engine.definition.Durability;
import dev.millrace.engine.journal.ControlRequest;
import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.journal.Fact;
import dev.millrace.engine.journal.Journal;
import dev.millrace.engine.journal.Ownership;
import dev.millrace.engine.plan.ExecutionPlan;
import dev.millrace.engine.problem.Failure;
import dev.millrace.engine.schema.SchemaError;
import dev.millrace.engine.task.Cancellation;
import dev.millrace.engine.task.TaskRunner;
import dev.millrace.engine.task.Timers;
import dev.millrace.engine.task.TraceContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs workflows on one event loop, from the request to the answer. Owned by the verticle of that
 * loop, and used on its thread only: therefore without locks. The process-wide parts that it is
 * made of are shared.
 */
public final class Orchestrator implements WorkflowEngine {
  private static final Logger LOG = LoggerFactory.getLogger(Orchestrator.class);

  /** How long an execution waits until its definitions are kept, the first time they are used. */
  private static final long KEEPING_MILLIS = 5_000;

  final Vertx vertx;
  final ContextInternal context;
  final TaskRunner runner;
  final Journal journal;
  final EngineObserver observer;
  final Ownership ownership;
  final EngineClock clock;
  final Timers timers;

  private final Catalog catalog;
  private final Admission admission;
  private final PinnedPlans plans;
  private final Orchestrators orchestrators;
  private final ExecutionIds ids = new ExecutionIds();
  private final Map<String, RunningExecution> running = new HashMap<>();
  private boolean closed;

  private Orchestrator(Vertx vertx, EngineServices services, EngineClock clock) {
    this.vertx = Objects.requireNonNull(vertx);
    this.context = (ContextInternal) vertx.getOrCreateContext();
    this.catalog = services.catalog();
    this.runner = services.taskRunners().apply(vertx);
    this.journal = services.journal();
    this.observer = services.observer();
    this.ownership = services.ownership();
    this.admission = services.admission();
    this.plans = services.plans();
    this.orchestrators = services.orchestrators();
    this.clock = clock;
    this.timers = Timers.of(vertx);
  }

  /** Makes the orchestrator of the calling event loop. */
  static Orchestrator create(Vertx vertx, EngineServices services, EngineClock clock) {
    Orchestrator orchestrator = new Orchestrator(vertx, services, clock);
    services.orchestrators().opened(orchestrator);
    return orchestrator;
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
      return refused(Failures.closed());
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
    return plan.durability() == Durability.None || plans.isKept(plan)
        ? begin(plan, namespace, request)
        : beginWhenKept(plan, namespace, request);
  }

  /** Only who can find the plan again can continue or explain an execution of it. */
  private Future<ExecutionResult> beginWhenKept(
      ExecutionPlan plan, String namespace, ExecutionRequest request) {
    Promise<Void> kept = context.promise();
    plans
        .keep(plan)
        .timeout(KEEPING_MILLIS, TimeUnit.MILLISECONDS)
        .onComplete((done, cause) -> kept.complete(null, cause));
    return kept.future()
        .transform(
            done -> {
              if (done.succeeded() && !closed && journal.hasRoom()) {
                return begin(plan, namespace, request);
              }
              admission.leave();
              return refused(closed ? Failures.closed() : Failures.journalFull());
            });
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
            plan.hash(),
            plan.durability(),
            request.input(),
            startedAt,
            startedAt + timeoutMillis * 1_000L);
    var execution =
        new RunningExecution(
            this,
            ExecutionState.begin(plan, started),
            new ExecutionTime(clock, startedAt, timeoutMillis),
            request.trace(),
            request.cancellation());
    running.put(started.executionId(), execution);
    return execution.run();
  }

  /**
   * Runs an execution that was claimed, with the whole of its workflow's timeout: nobody waits for
   * it any more. Called on the orchestrator's own event loop.
   */
  void adopt(Adoption adoption) {
    if (closed || running.containsKey(adoption.executionId())) {
      return;
    }
    ExecutionPlan plan = adoption.plan();
    ExecutionState state;
    try {
      state = adoption.state();
    } catch (IllegalStateException | IllegalArgumentException contradiction) {
      ExecutionRecovery.interrupt(
          journal, adoption.claimed(), "its record does not fit its definition");
      return;
    }
    var execution =
        new RunningExecution(
            this,
            state,
            new ExecutionTime(clock, clock.epochMicros(), plan.timeoutMillis()),
            TraceContext.NONE,
            new Cancellation());
    admission.readmit();
    running.put(adoption.executionId(), execution);
    String obstacle = adoption.obstacle();
    Future<ExecutionResult> ended;
    if (adoption.requested() == ControlRequest.Cancel) {
      ended = execution.endAs(ExecutionStatus.Cancelled, Failures.cancelledByRequest());
    } else if (obstacle != null) {
      ended = execution.endAs(ExecutionStatus.Interrupted, Failures.ownerDied(obstacle));
    } else {
      ended =
          adoption.requested() == ControlRequest.Pause
              ? execution.standStill()
              : execution.resume();
    }
    ended.onComplete(
        (result, failure) ->
            LOG.atInfo()
                .addKeyValue("executionId", adoption.executionId())
                .addKeyValue("workflow", state.started().workflow())
                .addKeyValue("status", state.status())
                .log("An execution that was taken over has left this gateway"));
  }

  /** Does what is asked of an execution, where it runs here. */
  void request(String executionId, ControlRequest request) {
    RunningExecution execution = running.get(executionId);
    if (execution != null) {
      switch (request) {
        case Pause -> execution.pause();
        case Cancel -> execution.cancel();
      }
    }
  }

  /** Stops everything that runs here without recording it. */
  void loseAll() {
    for (RunningExecution execution : List.copyOf(running.values())) {
      execution.lose();
    }
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
    orchestrators.closed(this);
    for (RunningExecution execution : List.copyOf(running.values())) {
      execution.abandon();
    }
  }
}
