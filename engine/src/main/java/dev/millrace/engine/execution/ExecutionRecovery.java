package dev.millrace.engine.execution;

import dev.millrace.engine.catalog.PinnedPlans;
import dev.millrace.engine.journal.ClaimedExecution;
import dev.millrace.engine.journal.ExecutionClaims;
import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.journal.Fact;
import dev.millrace.engine.journal.Journal;
import dev.millrace.engine.plan.ExecutionPlan;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes executions over whose gateway died, at the start and continuously. One for the process,
 * made by the program; lives on the context that it was made on.
 */
public final class ExecutionRecovery {
  private static final Logger LOG = LoggerFactory.getLogger(ExecutionRecovery.class);

  /** How many are claimed at once. */
  private static final int BATCH = 100;

  private static final Duration PLAN_RETRY = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final ExecutionClaims claims;
  private final PinnedPlans plans;
  private final Journal journal;
  private final Orchestrators orchestrators;
  private final Admission admission;
  private long timer = -1;
  private boolean looking;
  private boolean stopped;

  public ExecutionRecovery(Vertx vertx, EngineServices services, ExecutionClaims claims) {
    this.vertx = vertx;
    this.claims = claims;
    this.plans = services.plans();
    this.journal = services.journal();
    this.orchestrators = services.orchestrators();
    this.admission = services.admission();
  }

  /**
   * Looks now and from then on.
   *
   * @return completes when what was found first runs; never fails, as what cannot be read now is
   *     found later
   */
  public Future<Void> start(Duration period) {
    timer = vertx.setPeriodic(period.toMillis(), tick -> look());
    return look();
  }

  /** Looks no more. */
  public void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
  }

  /** Takes over what there is room for. */
  Future<Void> look() {
    if (looking || stopped || !journal.hasRoom()) {
      return Future.succeededFuture();
    }
    int room = Math.min(BATCH, admission.room());
    if (room == 0) {
      return Future.succeededFuture();
    }
    looking = true;
    return claims
        .claimOrphans(room)
        .compose(
            claimed -> {
              if (!claimed.isEmpty()) {
                LOG.atInfo()
                    .addKeyValue("executions", claimed.size())
                    .log("Taking over executions whose gateway died");
              }
              List<Future<Void>> adopted = new ArrayList<>();
              for (ClaimedExecution one : claimed) {
                adopted.add(adopt(one));
              }
              return Future.join(adopted).map(claimed.size() == room);
            })
        .transform(
            more -> {
              looking = false;
              if (more.failed()) {
                LOG.atWarn()
                    .addKeyValue("cause", more.cause().getMessage())
                    .log("Executions of dead gateways could not be claimed and will be later");
              }
              return more.succeeded() && more.result() ? look() : Future.succeededFuture();
            });
  }

  /** It is ours: without a database the plan is asked for until there is one. */
  private Future<Void> adopt(ClaimedExecution claimed) {
    String hash = claimed.execution().planHash();
    Future<Optional<ExecutionPlan>> plan =
        hash == null ? Future.succeededFuture(Optional.empty()) : plans.find(hash);
    return plan.transform(
        found -> {
          if (found.succeeded() && found.result().isPresent()) {
            orchestrators.adopt(new Adoption(claimed, found.result().get(), true));
          } else if (found.succeeded()) {
            interrupt(journal, claimed, "its definitions are not kept");
          } else if (found.cause() instanceof IllegalStateException unusable) {
            interrupt(journal, claimed, unusable.getMessage());
          } else if (!stopped) {
            return vertx.timer(PLAN_RETRY.toMillis()).compose(waited -> adopt(claimed));
          }
          return Future.succeededFuture();
        });
  }

  /** Ends an execution that cannot be continued, in its record. */
  static void interrupt(Journal journal, ClaimedExecution claimed, String why) {
    String executionId = claimed.execution().summary().executionId();
    LOG.atError()
        .addKeyValue("executionId", executionId)
        .addKeyValue("workflow", claimed.execution().summary().workflow())
        .addKeyValue("reason", why)
        .log("An execution cannot be continued and ends as Interrupted");
    journal.append(
        new Fact.ExecutionEnded(
            executionId,
            ExecutionStatus.Interrupted,
            null,
            Failures.ownerDied(why).inExecution(executionId),
            EngineClock.SYSTEM.epochMicros()));
  }
}
