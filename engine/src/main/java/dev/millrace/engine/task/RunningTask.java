package dev.millrace.engine.task;

import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import dev.millrace.engine.problem.FailureException;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * One call of a task from its beginning to its outcome: waiting for room, attempts, delays between
 * them; made by an {@link HttpTaskRunner}, lives on its event loop, in the caller's context.
 *
 * <p>At any time it waits for exactly one thing: a place in the bulkhead, the end of an exchange,
 * or a retry's alarm. As a {@link Runnable} it is what the cancellation runs.
 */
final class RunningTask implements Exchange.Owner, Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningTask.class);
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final HttpTaskRunner runner;
  private final ContextInternal context;
  private final TaskCall call;
  private final CompiledTask task;
  private final Promise<TaskOutcome> outcome;

  private PreparedRequest request;
  private TaskGuards.Guard guard;
  private Bulkhead.Place place;
  private boolean holdsRoom;
  private TaskBreaker.Admission admission;
  private Exchange exchange;
  private long startedAtNanos;
  private long budgetMillis;
  private boolean ownTimeout;
  private Timers.Alarm alarm;
  private List<Attempt> attempts = List.of();
  private Failure lastFailure;
  private int lastStatus;
  private boolean done;

  RunningTask(
      HttpTaskRunner runner, ContextInternal context, TaskCall call, Promise<TaskOutcome> outcome) {
    this.runner = runner;
    this.context = context;
    this.call = call;
    this.task = call.task();
    this.outcome = outcome;
  }

  void start() {
    if (call.cancellation().isCancelled()) {
      fail(AttemptFailures.cancelled(task));
      return;
    }
    try {
      request = task.http().prepare(call.input());
    } catch (FailureException refused) {
      fail(refused.failure());
      return;
    } catch (RuntimeException bug) {
      failInternally(bug);
      return;
    }
    call.cancellation().onCancel(this);
    guard = runner.guards.guard(task);
    if (guard != null && guard.bulkhead() != null) {
      enterBulkhead();
    } else {
      attempt();
    }
  }

  /** Nobody waits for the outcome any more. */
  @Override
  public void run() {
    if (done) {
      return;
    }
    if (exchange != null) {
      exchange.cancel();
    } else {
      fail(remainingMillis() > 0 ? AttemptFailures.cancelled(task) : noTime());
    }
  }

  private void enterBulkhead() {
    if (guard.breaker() != null && guard.breaker().isOpen()) {
      refusedByBreaker();
      return;
    }
    place =
        new Bulkhead.Place() {
          @Override
          void granted() {
            context.runOnContext(ignored -> enteredLate());
          }
        };
    switch (guard.bulkhead().enter(place)) {
      case ENTERED -> {
        place = null;
        holdsRoom = true;
        attempt();
      }
      case WAITING -> alarm = schedule(remainingMillis(), () -> fail(noTime()));
      case FULL -> {
        place = null;
        fail(AttemptFailures.bulkheadFull(task));
      }
    }
  }

  private void enteredLate() {
    if (done) {
      guard.bulkhead().leave();
      return;
    }
    cancelAlarm();
    place = null;
    holdsRoom = true;
    attempt();
  }

  private void attempt() {
    alarm = null;
    startedAtNanos = runner.timers.nanoTime();
    long remainingMillis = (call.deadlineNanos() - startedAtNanos) / NANOS_PER_MILLI;
    if (remainingMillis <= 0) {
      fail(noTime());
      return;
    }
    admission = null;
    if (guard != null && guard.breaker() != null) {
      admission = guard.breaker().admit();
      if (admission == null) {
        refusedByBreaker();
        return;
      }
    }
    ownTimeout = call.timeoutMillis() < remainingMillis;
    budgetMillis = ownTimeout ? Math.max(1, call.timeoutMillis()) : remainingMillis;
    exchange = new Exchange(runner.options, runner.timers, this, request);
    // Where it is the execution's time that ends the attempt, not before that time is over.
    exchange.start(
        runner.client, task.http().server(), ownTimeout ? budgetMillis : budgetMillis + 1);
  }

  @Override
  public boolean wantsBody(int status) {
    return task.isSuccess(status);
  }

  @Override
  public Future<Void> clearance() {
    return call.clearance().get();
  }

  @Override
  public void onLoop(Runnable action) {
    context.runOnContext(ignored -> action.run());
  }

  @Override
  public void addHeaders(MultiMap headers) {
    // Waiting for a connection took a part of the budget.
    runner.addHeaders(headers, call, Math.max(1, budgetMillis - waitedMillis()));
  }

  @Override
  public void ended(Exchange ended) {
    exchange = null;
    if (ended.end() == Exchange.End.ANSWERED && task.isSuccess(ended.status())) {
      succeeded(ended);
      return;
    }
    lastStatus = ended.status();
    boolean timeOver = ended.end() == Exchange.End.CANCELLED && remainingMillis() <= 0;
    long retryAfterMillis = RetryAfter.NONE;
    if (ended.status() > 0 && ended.end() == Exchange.End.ANSWERED) {
      retryAfterMillis =
          RetryAfter.millis(
              ended.headers().get(HttpTaskRunner.RETRY_AFTER), runner.timers.epochMillis());
    }
    lastFailure = failure(ended, timeOver, retryAfterMillis);
    record(timeOver ? AttemptOutcome.TIMED_OUT : outcome(ended), ended.status());
    report(ended, timeOver);
    if (ended.end() != Exchange.End.CANCELLED && runner.mayRepeat(call, ended, attempts.size())) {
      retry(retryAfterMillis);
    } else {
      fail(lastFailure);
    }
  }

  private void succeeded(Exchange ended) {
    if (admission != null) {
      admission.succeeded();
    }
    JsonNode output;
    try {
      output = AnswerReader.read(task, ended.status(), ended.headers(), ended.body());
    } catch (FailureException refused) {
      lastStatus = ended.status();
      record(AttemptOutcome.INVALID_ANSWER, ended.status());
      fail(refused.failure());
      return;
    } catch (RuntimeException bug) {
      lastStatus = ended.status();
      record(AttemptOutcome.INVALID_ANSWER, ended.status());
      failInternally(bug);
      return;
    }
    record(AttemptOutcome.SUCCEEDED, ended.status());
    finish(new TaskOutcome(output, null, attempts));
  }

  private void retry(long retryAfterMillis) {
    long delay =
        RetrySchedule.delayMillis(
            call.retry(), attempts.size(), retryAfterMillis, remainingMillis(), runner.random);
    boolean refused = guard != null && guard.breaker() != null && guard.breaker().isOpen();
    if (delay == RetrySchedule.STOP || refused) {
      fail(lastFailure);
    } else {
      alarm = schedule(delay, this::attempt);
    }
  }

  private Failure failure(Exchange ended, boolean timeOver, long retryAfterMillis) {
    if (timeOver) {
      return AttemptFailures.timedOut(task, budgetMillis, false);
    }
    return switch (ended.end()) {
      case ANSWERED -> AttemptFailures.status(task, ended.status(), retryAfterMillis);
      case UNREACHABLE -> AttemptFailures.unreachable(task, ended.cause());
      case POOL_FULL -> AttemptFailures.poolFull(task, runner.options);
      case BROKEN -> AttemptFailures.broken(task);
      case TRUNCATED -> AttemptFailures.truncated(task, ended.status());
      case TOO_LARGE -> AttemptFailures.tooLarge(task, runner.options);
      case UNREADABLE -> AttemptFailures.unreadable(task, ended.status());
      case TIMED_OUT -> AttemptFailures.timedOut(task, budgetMillis, ownTimeout);
      case CANCELLED -> AttemptFailures.cancelled(task);
    };
  }

  private static AttemptOutcome outcome(Exchange ended) {
    return switch (ended.end()) {
      case ANSWERED -> AttemptOutcome.FAILED_STATUS;
      case UNREACHABLE, POOL_FULL, BROKEN -> AttemptOutcome.CONNECT_FAILED;
      case TRUNCATED, TOO_LARGE, UNREADABLE -> AttemptOutcome.INVALID_ANSWER;
      case TIMED_OUT -> AttemptOutcome.TIMED_OUT;
      case CANCELLED -> AttemptOutcome.CANCELLED;
    };
  }

  /** Tells the breaker what the attempt says about the service, not about its caller. */
  private void report(Exchange ended, boolean timeOver) {
    if (admission == null) {
      return;
    }
    switch (ended.end()) {
      case ANSWERED -> {
        if (ended.status() >= 500 || ended.status() == 429) {
          admission.failed();
        } else {
          admission.succeeded();
        }
      }
      case UNREACHABLE, BROKEN, TRUNCATED -> admission.failed();
      case TOO_LARGE, UNREADABLE -> admission.succeeded();
      case POOL_FULL -> admission.abandoned();
      case TIMED_OUT, CANCELLED -> {
        // A caller in a hurry must not open the circuit for all the others.
        boolean fairChance =
            waitedMillis() >= Math.min(call.timeoutMillis(), HttpTaskRunner.FAIR_CHANCE_MILLIS);
        if (fairChance && (timeOver || ended.end() == Exchange.End.TIMED_OUT)) {
          admission.failed();
        } else {
          admission.abandoned();
        }
      }
    }
  }

  private void refusedByBreaker() {
    if (lastFailure != null) {
      // Nothing was sent: what the service did before says more than that it was not asked again.
      fail(lastFailure);
      return;
    }
    startedAtNanos = runner.timers.nanoTime();
    record(AttemptOutcome.CIRCUIT_OPEN, 0);
    fail(AttemptFailures.circuitOpen(task, guard.breaker()));
  }

  private void record(AttemptOutcome how, int status) {
    Attempt attempt =
        new Attempt(
            attempts.size() + 1,
            startedAtNanos,
            runner.timers.nanoTime() - startedAtNanos,
            how,
            status);
    if (attempts.isEmpty()) {
      attempts = List.of(attempt);
    } else {
      List<Attempt> longer = new ArrayList<>(attempts.size() + 1);
      longer.addAll(attempts);
      longer.add(attempt);
      attempts = longer;
    }
    runner.listener.attemptEnded(task, attempt);
  }

  private Failure noTime() {
    return lastFailure != null ? lastFailure : AttemptFailures.noTime(task);
  }

  private void failInternally(RuntimeException bug) {
    LOG.atError()
        .setMessage("A task's call failed inside Millrace")
        .addKeyValue("executionId", call.executionId())
        .addKeyValue("taskId", call.taskId())
        .addKeyValue("code", ErrorCode.InternalError)
        .setCause(bug)
        .log();
    fail(AttemptFailures.internal(task));
  }

  private void fail(Failure failure) {
    Failure placed = failure.inTask(call.taskId(), task.name().name(), attempts.size(), lastStatus);
    finish(new TaskOutcome(null, placed, attempts));
  }

  private void finish(TaskOutcome result) {
    done = true;
    cancelAlarm();
    call.cancellation().remove(this);
    if (holdsRoom) {
      holdsRoom = false;
      guard.bulkhead().leave();
    } else if (place != null) {
      // Where the place was granted in this very moment, enteredLate() leaves again.
      guard.bulkhead().giveUp(place);
    }
    outcome.complete(result);
  }

  private Timers.Alarm schedule(long delayMillis, Runnable action) {
    return runner.timers.schedule(Math.max(1, delayMillis), action);
  }

  private void cancelAlarm() {
    if (alarm != null) {
      alarm.cancel();
      alarm = null;
    }
  }

  private long remainingMillis() {
    return (call.deadlineNanos() - runner.timers.nanoTime()) / NANOS_PER_MILLI;
  }

  private long waitedMillis() {
    return (runner.timers.nanoTime() - startedAtNanos) / NANOS_PER_MILLI;
  }
}
