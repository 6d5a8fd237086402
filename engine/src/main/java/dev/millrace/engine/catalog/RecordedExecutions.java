package dev.millrace.engine.catalog;

import dev.millrace.engine.journal.ExecutionRecord;
import dev.millrace.engine.journal.History;
import dev.millrace.engine.journal.MaskedRecord;
import dev.millrace.engine.plan.ExecutionPlan;
import dev.millrace.engine.trace.ExecutionTrace;
import io.vertx.core.Future;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads executions together with the plans that they ran by, and shows of them what may be shown.
 * One for the process, used on any event loop.
 */
public final class RecordedExecutions {
  private static final Logger LOG = LoggerFactory.getLogger(RecordedExecutions.class);

  private final History history;
  private final PinnedPlans plans;

  public RecordedExecutions(History history, PinnedPlans plans) {
    this.history = Objects.requireNonNull(history);
    this.plans = Objects.requireNonNull(plans);
  }

  /**
   * One execution.
   *
   * @param plan null when it is not known any more
   */
  public record Recorded(ExecutionRecord execution, ExecutionPlan plan) {
    /** The record with its sensitive values masked; not cheap where there are such. */
    public ExecutionRecord masked() {
      return MaskedRecord.of(execution, plan);
    }

    /** Where its time went; not cheap. */
    public ExecutionTrace trace() {
      return ExecutionTrace.of(execution, plan);
    }
  }

  /** An execution; empty when it is not known, or no longer. */
  public Future<Optional<Recorded>> find(String executionId) {
    return history
        .find(executionId)
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : plan(found.get()).map(plan -> Optional.of(new Recorded(found.get(), plan))));
  }

  private Future<ExecutionPlan> plan(ExecutionRecord execution) {
    if (execution.planHash() == null) {
      return Future.succeededFuture();
    }
    return plans
        .find(execution.planHash())
        .map(found -> found.orElse(null))
        .recover(
            cause -> {
              if (!(cause instanceof IllegalStateException)) {
                return Future.failedFuture(cause);
              }
              LOG.atWarn()
                  .addKeyValue("executionId", execution.summary().executionId())
                  .addKeyValue("cause", cause.getMessage())
                  .log("The plan of an execution cannot be read any more; it is shown without");
              return Future.succeededFuture();
            });
  }
}
