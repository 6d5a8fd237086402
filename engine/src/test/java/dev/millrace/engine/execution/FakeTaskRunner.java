package dev.millrace.engine.execution;

import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import dev.millrace.engine.task.Attempt;
import dev.millrace.engine.task.AttemptOutcome;
import dev.millrace.engine.task.TaskCall;
import dev.millrace.engine.task.TaskOutcome;
import dev.millrace.engine.task.TaskRunner;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Keeps every call open until the test ends it; used on the test's event loop only. */
final class FakeTaskRunner implements TaskRunner {
  /** The ids of all calls, in order. */
  final List<String> called = new ArrayList<>();

  /** The ids of the calls that were cancelled. */
  final List<String> cancelled = new ArrayList<>();

  final Map<String, TaskCall> calls = new LinkedHashMap<>();
  private final Map<String, Promise<TaskOutcome>> open = new LinkedHashMap<>();
  private boolean immediate;

  /** From now on every call succeeds at once, with its input as output. */
  FakeTaskRunner immediate() {
    immediate = true;
    return this;
  }

  @Override
  public Future<TaskOutcome> run(TaskCall call) {
    called.add(call.taskId());
    calls.put(call.taskId(), call);
    if (immediate) {
      return Future.succeededFuture(outcome(call.input(), null, AttemptOutcome.SUCCEEDED));
    }
    Promise<TaskOutcome> promise = Promise.promise();
    open.put(call.taskId(), promise);
    call.cancellation()
        .onCancel(
            () -> {
              if (open.remove(call.taskId()) != null) {
                cancelled.add(call.taskId());
                promise.complete(
                    outcome(
                        null,
                        Failure.of(ErrorCode.ExecutionCancelled, "cancelled"),
                        AttemptOutcome.CANCELLED));
              }
            });
    return promise.future();
  }

  static TaskOutcome outcome(JsonNode output, Failure failure, AttemptOutcome attempt) {
    return new TaskOutcome(
        output, failure, List.of(new Attempt(1, System.nanoTime(), 1_000, attempt, 0)));
  }

  void succeed(String id, JsonNode output) {
    open.remove(id).complete(outcome(output, null, AttemptOutcome.SUCCEEDED));
  }

  void fail(String id, ErrorCode code) {
    Failure failure = Failure.of(code, "broken").inTask(id, "ref-" + id, 1, 503);
    open.remove(id).complete(outcome(null, failure, AttemptOutcome.FAILED_STATUS));
  }

  /** Breaks the contract. */
  void explode(String id) {
    open.remove(id).fail(new IllegalStateException("boom"));
  }
}
