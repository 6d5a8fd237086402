package dev.millrace.engine.execution;

import dev.millrace.engine.catalog.Catalog;
import dev.millrace.engine.catalog.CatalogEntry;
import dev.millrace.engine.catalog.PinnedPlans;
import dev.millrace.engine.journal.ClaimedExecution;
import dev.millrace.engine.journal.ControlRequest;
import dev.millrace.engine.journal.ExecutionClaims;
import dev.millrace.engine.journal.ExecutionRecord;
import dev.millrace.engine.journal.ExecutionSignals;
import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.journal.ExecutionSummary;
import dev.millrace.engine.journal.History;
import dev.millrace.engine.journal.UnrecordedHeaders;
import dev.millrace.engine.plan.ExecutionPlan;
import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import dev.millrace.engine.problem.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Pauses, resumes and cancels executions, wherever they run. One for the process, made by the
 * program, used on any event loop.
 *
 * <p>Each answers the execution's summary as it was recorded when the request was taken; failures
 * are {@link dev.millrace.engine.problem.FailureException}s.
 */
public final class ExecutionControl {
  private final Vertx vertx;
  private final Catalog catalog;
  private final PinnedPlans plans;
  private final Orchestrators orchestrators;
  private final History history;
  private final ExecutionSignals signals;
  private final ExecutionClaims claims;

  /** Control over the executions that a history knows; takes over hearing the signals. */
  public ExecutionControl(
      Vertx vertx,
      EngineServices services,
      History history,
      ExecutionSignals signals,
      ExecutionClaims claims) {
    this.vertx = Objects.requireNonNull(vertx);
    this.catalog = services.catalog();
    this.plans = services.plans();
    this.orchestrators = services.orchestrators();
    this.history = Objects.requireNonNull(history);
    this.signals = Objects.requireNonNull(signals);
    this.claims = Objects.requireNonNull(claims);
    signals.onRequest(orchestrators::request);
  }

  /**
   * Lets a running execution begin no task any more; it stands still when those in flight ended.
   */
  public Future<ExecutionSummary> pause(String executionId) {
    return signals
        .request(executionId, ControlRequest.Pause)
        .compose(
            taken ->
                find(executionId)
                    .compose(
                        record ->
                            taken
                                ? Future.succeededFuture(record.summary())
                                : refused(record, "paused")));
  }

  /** Ends an execution that runs or stands still. */
  public Future<ExecutionSummary> cancel(String executionId) {
    return signals
        .request(executionId, ControlRequest.Cancel)
        .compose(taken -> find(executionId).compose(record -> cancel(record, taken)));
  }

  private Future<ExecutionSummary> cancel(ExecutionRecord record, boolean taken) {
    if (taken) {
      return Future.succeededFuture(record.summary());
    }
    if (record.summary().status() != ExecutionStatus.Paused) {
      return refused(record, "cancelled");
    }
    return plan(record)
        .compose(
            plan ->
                claims
                    .claimPausedToCancel(record.summary().executionId())
                    .compose(claimed -> adopt(record, plan, claimed, "cancelled")));
  }

  /**
   * Lets an execution that stands still go on.
   *
   * @param latest whether by the latest definition, as far as that is proved to fit what has
   *     happened; else by the one that it began with
   */
  public Future<ExecutionSummary> resume(String executionId, boolean latest) {
    return find(executionId)
        .compose(
            record -> {
              if (record.summary().status() != ExecutionStatus.Paused) {
                return refused(record, "resumed");
              }
              return plan(record)
                  .compose(plan -> latest ? resumeLatest(record, plan) : resume(record, plan));
            });
  }

  private Future<ExecutionSummary> resume(ExecutionRecord record, ExecutionPlan plan) {
    String reader = UnrecordedHeaders.reader(plan, record);
    if (reader != null) {
      return unreadable(record, reader);
    }
    return claims
        .claimPaused(record.summary().executionId())
        .compose(claimed -> adopt(record, plan, claimed, "resumed"));
  }

  private Future<ExecutionSummary> resumeLatest(ExecutionRecord record, ExecutionPlan pinned) {
    ExecutionSummary summary = record.summary();
    CatalogEntry entry = catalog.snapshot().workflow(summary.namespace(), summary.workflow());
    if (entry == null) {
      return Future.failedFuture(
          Failures.unknownWorkflow(catalog.snapshot(), summary.namespace(), summary.workflow())
              .exception());
    }
    if (!entry.ready()) {
      return Future.failedFuture(Failures.notReady(entry).exception());
    }
    ExecutionPlan latest = entry.plan();
    return vertx
        .executeBlocking(() -> Migration.problems(record, pinned, latest), false)
        .compose(
            problems ->
                problems.isEmpty()
                    ? plans.keep(latest).compose(kept -> migrate(record, latest))
                    : Future.failedFuture(incompatible(record, problems).exception()));
  }

  private Future<ExecutionSummary> migrate(ExecutionRecord record, ExecutionPlan latest) {
    String reader = UnrecordedHeaders.reader(latest, record);
    if (reader != null) {
      return unreadable(record, reader);
    }
    return claims
        .claimPaused(
            record.summary().executionId(),
            latest.versionHash(),
            latest.hash(),
            Migration.slots(record, latest))
        .compose(claimed -> adopt(record, latest, claimed, "resumed"));
  }

  /** Who claimed it runs it; another gateway may have been quicker. */
  private Future<ExecutionSummary> adopt(
      ExecutionRecord record, ExecutionPlan plan, Optional<ClaimedExecution> claimed, String wish) {
    if (claimed.isEmpty()) {
      return find(record.summary().executionId()).compose(now -> refused(now, wish));
    }
    if (!orchestrators.adopt(new Adoption(claimed.get(), plan, false))) {
      // It is left for whoever takes over what this gateway had.
      return Future.failedFuture(Failures.closed().exception());
    }
    return Future.succeededFuture(claimed.get().execution().summary());
  }

  private Future<ExecutionRecord> find(String executionId) {
    return history
        .find(executionId)
        .map(
            found ->
                found.orElseThrow(
                    () ->
                        Failure.of(
                                ErrorCode.UnknownExecution, "No execution of this id is on record")
                            .exception()));
  }

  /** The plan to go on by; asked for before anything is claimed. */
  private Future<ExecutionPlan> plan(ExecutionRecord record) {
    if (orchestrators.isEmpty()) {
      return Future.failedFuture(Failures.closed().exception());
    }
    Future<Optional<ExecutionPlan>> found =
        record.planHash() == null
            ? Future.succeededFuture(Optional.empty())
            : plans.find(record.planHash());
    return found
        .recover(
            cause ->
                cause instanceof IllegalStateException
                    ? Future.succeededFuture(Optional.empty())
                    : Future.failedFuture(cause))
        .compose(
            plan ->
                plan.map(Future::succeededFuture)
                    .orElseGet(
                        () ->
                            Future.failedFuture(
                                Failure.of(
                                        ErrorCode.IncompatibleDefinition,
                                        "the definition that the execution began with cannot be used"
                                            + " any more")
                                    .inExecution(record.summary().executionId())
                                    .exception())));
  }

  private static <T> Future<T> unreadable(ExecutionRecord record, String reader) {
    return refused(
        record, "resumed: " + reader + " reads a header of an answer, which is never recorded");
  }

  private static <T> Future<T> refused(ExecutionRecord record, String wish) {
    return Future.failedFuture(
        Failure.of(
                ErrorCode.IllegalTransition,
                "the execution is " + record.summary().status() + " and cannot be " + wish)
            .inExecution(record.summary().executionId())
            .exception());
  }

  private static Failure incompatible(ExecutionRecord record, List<Problem> problems) {
    return Failure.of(
            ErrorCode.IncompatibleDefinition,
            "the latest definition does not fit what the execution has done already; the problems say"
                + " where")
        .withProblems(problems)
        .inExecution(record.summary().executionId());
  }
}
