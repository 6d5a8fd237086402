package dev.millrace.perf.benchmark;

import dev.millrace.engine.execution.Admission;
import dev.millrace.engine.execution.EngineObserver;
import dev.millrace.engine.execution.EngineServices;
import dev.millrace.engine.execution.ExecutionRequest;
import dev.millrace.engine.execution.ExecutionResult;
import dev.millrace.engine.execution.Orchestrator;
import dev.millrace.engine.journal.DurationHistory;
import dev.millrace.engine.journal.Fact;
import dev.millrace.engine.journal.Journal;
import dev.millrace.engine.task.Attempt;
import dev.millrace.engine.task.AttemptOutcome;
import dev.millrace.engine.task.Cancellation;
import dev.millrace.engine.task.TaskCall;
import dev.millrace.engine.task.TaskOutcome;
import dev.millrace.engine.task.TaskRunner;
import dev.millrace.engine.task.TraceContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * The engine with services that answer at once and a journal that commits at once: what is left is
 * the engine's own work. Owned by a benchmark; the engine lives on an event loop of its own.
 */
final class InstantEngine implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Orchestrator orchestrator;

  InstantEngine(MeasuredPlans plans, Consumer<Fact> facts) throws Exception {
    Map<String, TaskOutcome> outcomes = new HashMap<>();
    for (String task :
        List.of(
            "fetch-user",
            "confirm-order",
            "fetch-shipment",
            "fetch-cart",
            "fetch-item",
            "join-items")) {
      outcomes.put(
          task,
          new TaskOutcome(
              MeasuredPlans.output(task),
              null,
              List.of(new Attempt(1, 1_000, 1_000_000, AttemptOutcome.SUCCEEDED, 200))));
    }
    EngineServices services =
        EngineServices.alone(
            vertx,
            plans.catalog(),
            new InstantJournal(facts),
            EngineObserver.NONE,
            new Admission(10_000),
            loop -> new InstantRunner(outcomes),
            DurationHistory.NONE);
    Promise<Orchestrator> made = Promise.promise();
    vertx.runOnContext(loop -> made.complete(services.newOrchestrator(vertx)));
    orchestrator = made.future().await(10, TimeUnit.SECONDS);
  }

  /** Executes so many times, one after the other; answers the last result. */
  ExecutionResult execute(String workflow, JsonNode input, int times) throws Exception {
    Promise<ExecutionResult> last = Promise.promise();
    vertx.runOnContext(loop -> next(workflow, input, times, last));
    return last.future().await(60, TimeUnit.SECONDS);
  }

  private void next(String workflow, JsonNode input, int times, Promise<ExecutionResult> last) {
    for (int left = times; left > 0; left--) {
      Future<ExecutionResult> answer =
          orchestrator.execute(
              new ExecutionRequest(
                  null, workflow, input, 0, TraceContext.NONE, new Cancellation()));
      if (!answer.isComplete()) { // the first one, whose plan is kept before it begins
        int rest = left - 1;
        answer.onComplete(
            (result, failure) -> {
              if (failure != null || rest == 0) {
                last.complete(result, failure);
              } else {
                next(workflow, input, rest, last);
              }
            });
        return;
      }
      if (answer.failed() || left == 1) {
        last.complete(answer.result(), answer.cause());
        return;
      }
    }
  }

  @Override
  public void close() {
    try {
      vertx.close().await(10, TimeUnit.SECONDS);
    } catch (TimeoutException stuck) {
      throw new IllegalStateException("the engine does not close", stuck);
    }
  }

  private record InstantRunner(Map<String, TaskOutcome> outcomes) implements TaskRunner {
    @Override
    public Future<TaskOutcome> run(TaskCall call) {
      return Future.succeededFuture(outcomes.get(call.task().name().name()));
    }
  }

  private record InstantJournal(Consumer<Fact> facts) implements Journal {
    @Override
    public Future<Void> append(Fact fact) {
      facts.accept(fact);
      return Future.succeededFuture();
    }

    @Override
    public boolean hasRoom() {
      return true;
    }

    @Override
    public Future<Void> flush() {
      return Future.succeededFuture();
    }
  }
}
