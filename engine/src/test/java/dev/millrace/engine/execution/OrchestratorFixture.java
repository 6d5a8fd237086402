package dev.millrace.engine.execution;

import dev.millrace.engine.catalog.Catalog;
import dev.millrace.engine.catalog.CatalogEntry;
import dev.millrace.engine.catalog.PinnedPlans;
import dev.millrace.engine.catalog.TestCatalogs;
import dev.millrace.engine.journal.DurationHistory;
import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.journal.InMemoryPlanStore;
import dev.millrace.engine.journal.Ownership;
import dev.millrace.engine.journal.TaskStatus;
import dev.millrace.engine.plan.ExecutionPlan;
import dev.millrace.engine.plan.TestDefinitions;
import dev.millrace.engine.problem.Failure;
import dev.millrace.engine.problem.FailureException;
import dev.millrace.engine.task.Cancellation;
import dev.millrace.engine.task.TraceContext;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;

/** One orchestrator on its own event loop, with fakes around it, driven step by step. */
final class OrchestratorFixture implements AutoCloseable {
  final Vertx vertx = Vertx.vertx();
  final Context context = vertx.getOrCreateContext();
  final FakeTaskRunner tasks = new FakeTaskRunner();
  final StoppableJournal journal = new StoppableJournal();
  final List<String> observed = new ArrayList<>();
  final Admission admission;
  final Orchestrator orchestrator;
  final EngineServices services;
  final Orchestrators orchestrators = new Orchestrators();
  final InMemoryPlanStore planStore = new InMemoryPlanStore();
  final PinnedPlans plans;
  final TestOwnership ownership = new TestOwnership();
  private final Catalog catalog;
  final Cancellation caller = new Cancellation();
  final TestClock clock = new TestClock();

  /** A clock that the test moves. */
  static final class TestClock implements EngineClock {
    long nanos = 5_000_000_000L;

    @Override
    public long epochMicros() {
      return 1_700_000_000_000_000L;
    }

    @Override
    public long nanos() {
      return nanos;
    }
  }

  /** A lease that the test loses and gets back. */
  static final class TestOwnership implements Ownership {
    Promise<Void> renewal;

    @Override
    public boolean isHeld() {
      return renewal == null;
    }

    @Override
    public Future<Void> held() {
      return renewal.future();
    }

    void renew() {
      Promise<Void> renewed = renewal;
      renewal = null;
      renewed.complete();
    }
  }

  OrchestratorFixture(ExecutionPlan plan) {
    this(TestCatalogs.of(plan), 10);
  }

  OrchestratorFixture(Catalog catalog, int maxInFlight) {
    this.catalog = catalog;
    admission = new Admission(maxInFlight);
    plans = new PinnedPlans(vertx, planStore);
    for (CatalogEntry entry : catalog.snapshot().workflows()) {
      if (entry.plan() != null) {
        plans.keep(entry.plan());
      }
    }
    services =
        new EngineServices(
            catalog,
            journal,
            plans,
            ownership,
            orchestrators,
            new Recorder(),
            admission,
            loop -> tasks,
            DurationHistory.NONE);
    orchestrator = onLoop(() -> Orchestrator.create(vertx, services, clock));
  }

  void replacePlan(ExecutionPlan plan) {
    TestCatalogs.replace(catalog, plan);
  }

  private final class Recorder implements EngineObserver {
    @Override
    public void executionStarted(String executionId, String namespace, String workflow) {
      observed.add("started " + namespace + "/" + workflow);
    }

    @Override
    public void taskEnded(
        String executionId, String namespace, String workflow, String taskId, TaskStatus status) {
      observed.add(taskId + " " + status);
    }

    @Override
    public void executionPaused(String executionId, String namespace, String workflow) {
      observed.add("paused");
    }

    @Override
    public void executionResumed(String executionId, String namespace, String workflow) {
      observed.add("resumed");
    }

    @Override
    public void executionEnded(
        String executionId,
        String namespace,
        String workflow,
        ExecutionStatus status,
        long durationNanos) {
      observed.add("ended " + status);
    }
  }

  /** Runs something on the orchestrator's event loop and waits for it. */
  <T> T onLoop(Callable<T> action) {
    CompletableFuture<T> done = new CompletableFuture<>();
    context.runOnContext(
        nothing -> {
          try {
            done.complete(action.call());
          } catch (Throwable thrown) {
            done.completeExceptionally(thrown);
          }
        });
    return await(done);
  }

  void run(Runnable action) {
    onLoop(
        () -> {
          action.run();
          return null;
        });
    // What the action scheduled on the loop runs before the next look at it.
    onLoop(() -> null);
  }

  static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get(20, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(failed.getCause());
    } catch (InterruptedException | TimeoutException broken) {
      throw new IllegalStateException(broken);
    }
  }

  Future<ExecutionResult> execute() {
    return execute("{}");
  }

  Future<ExecutionResult> execute(String input) {
    return execute(input, 0);
  }

  Future<ExecutionResult> execute(String input, long timeoutMillis) {
    return execute("flow", input, timeoutMillis);
  }

  Future<ExecutionResult> execute(String workflow, String input, long timeoutMillis) {
    var request =
        new ExecutionRequest(
            null, workflow, TestDefinitions.json(input), timeoutMillis, TraceContext.NONE, caller);
    return onLoop(() -> orchestrator.execute(request));
  }

  void succeed(String id) {
    succeed(id, "'of " + id + "'");
  }

  void succeed(String id, String output) {
    run(() -> tasks.succeed(id, TestDefinitions.json(output)));
  }

  static ExecutionResult result(Future<ExecutionResult> future) {
    Awaitility.await().until(future::isComplete);
    if (future.failed()) {
      throw new AssertionError(future.cause());
    }
    return future.result();
  }

  static Failure failure(Future<ExecutionResult> future) {
    Awaitility.await().until(future::isComplete);
    if (future.succeeded()) {
      throw new AssertionError("succeeded with " + future.result());
    }
    return ((FailureException) future.cause()).failure();
  }

  @Override
  public void close() {
    await(vertx.close().toCompletionStage().toCompletableFuture());
  }
}
