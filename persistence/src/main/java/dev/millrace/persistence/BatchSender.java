package dev.millrace.persistence;

import dev.millrace.engine.journal.ExecutionLostException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one batch after the other, each until the database has taken it or has refused it as data.
 * Owned by {@link JournalLane}, lives on its context.
 */
final class BatchSender {
  private static final Logger log = LoggerFactory.getLogger(BatchSender.class);

  /** Hears what need not be kept any more. */
  interface Settled {
    void settled(int facts, long characters);
  }

  private final Vertx vertx;
  private final Pool pool;
  private final JournalMetrics metrics;
  private final long firstRetryDelay;
  private final long lastRetryDelay;
  private final Settled settled;

  BatchSender(
      Vertx vertx, Pool pool, JournalOptions options, JournalMetrics metrics, Settled settled) {
    this.vertx = vertx;
    this.pool = pool;
    this.metrics = metrics;
    this.firstRetryDelay = options.firstRetryDelay().toMillis();
    this.lastRetryDelay = options.lastRetryDelay().toMillis();
    this.settled = settled;
  }

  /** Completes when every fact of the batch is committed or refused for good; never fails. */
  Future<Void> send(List<ExecutionFacts> executions) {
    return send(executions, true, firstRetryDelay);
  }

  private Future<Void> send(List<ExecutionFacts> executions, boolean first, long retryDelay) {
    FactBatch batch;
    Tuple parameters;
    try {
      batch = new FactBatch(executions, first);
      parameters = batch.parameters();
    } catch (RuntimeException unusable) {
      return sendInParts(executions, unusable);
    }
    return pool.preparedQuery(batch.sql())
        .execute(parameters)
        .transform(
            result -> {
              if (result.succeeded()) {
                settle(executions, batch, result.result());
                return Future.succeededFuture();
              }
              if (isRefusedData(result.cause())) {
                return sendInParts(executions, result.cause());
              }
              if (isTooSlow(result.cause()) && isDivisible(executions)) {
                metrics.retried(ExecutionFacts.count(executions));
                return inHalves(executions);
              }
              return sendAgain(executions, result.cause(), retryDelay);
            });
  }

  private Future<Void> sendAgain(List<ExecutionFacts> executions, Throwable cause, long delay) {
    int facts = ExecutionFacts.count(executions);
    metrics.retried(facts);
    log.atWarn()
        .addKeyValue("facts", facts)
        .addKeyValue("cause", describe(cause))
        .log("The journal could not be written and will be tried again");
    long nextDelay = Math.min(delay * 2, lastRetryDelay);
    return vertx.timer(delay).compose(ignored -> send(executions, false, nextDelay));
  }

  /** One fact that the database can never take must not hold up the others. */
  private Future<Void> sendInParts(List<ExecutionFacts> executions, Throwable cause) {
    if (isDivisible(executions)) {
      return inHalves(executions);
    }
    ExecutionFacts refused = executions.get(0);
    log.atError()
        .addKeyValue("executionId", refused.id())
        .addKeyValue("cause", describe(cause))
        .log("A fact was refused by the database and is not recorded");
    settle(refused, cause);
    return Future.succeededFuture();
  }

  private static boolean isDivisible(List<ExecutionFacts> executions) {
    return executions.size() > 1 || executions.get(0).count() > 1;
  }

  /** Between executions, or the facts of the only one. */
  private Future<Void> inHalves(List<ExecutionFacts> executions) {
    int middle = executions.size() / 2;
    List<ExecutionFacts> before = executions.subList(0, middle);
    List<ExecutionFacts> after = executions.subList(middle, executions.size());
    if (middle == 0) {
      List<PendingFact> facts = executions.get(0).all();
      before = List.of(ExecutionFacts.of(facts.subList(0, facts.size() / 2)));
      after = List.of(ExecutionFacts.of(facts.subList(facts.size() / 2, facts.size())));
    }
    List<ExecutionFacts> rest = after;
    return send(before, false, firstRetryDelay)
        .compose(ignored -> send(rest, false, firstRetryDelay));
  }

  private void settle(List<ExecutionFacts> executions, FactBatch batch, RowSet<Row> held) {
    Set<ExecutionFacts> lost = batch.lost(held);
    for (ExecutionFacts execution : executions) {
      settle(
          execution,
          lost.contains(execution) ? new ExecutionLostException(execution.id().toString()) : null);
    }
  }

  /**
   * Ends the wait for the facts of one execution.
   *
   * @param cause null where they are committed
   */
  private void settle(ExecutionFacts execution, Throwable cause) {
    settled.settled(execution.count(), execution.characters());
    for (PendingFact fact : execution.all()) {
      if (cause == null) {
        fact.committed().complete();
      } else {
        fact.committed().fail(cause);
      }
    }
  }

  /**
   * SQLSTATE class 22, data exception, 23, constraint violation, and 54, program limit exceeded:
   * the same statement fails again.
   */
  private static boolean isRefusedData(Throwable cause) {
    if (!(cause instanceof PgException refused) || refused.getSqlState() == null) {
      return false;
    }
    String state = refused.getSqlState();
    return state.startsWith("22") || state.startsWith("23") || state.startsWith("54");
  }

  /** SQLSTATE 57014, the statement's time is over: a part of it may do, the whole would not. */
  private static boolean isTooSlow(Throwable cause) {
    return cause instanceof PgException refused && "57014".equals(refused.getSqlState());
  }

  /** Without the server's message where it speaks of data, which may quote them. */
  private static String describe(Throwable cause) {
    if (cause instanceof PgException refused) {
      return "SQLSTATE " + refused.getSqlState();
    }
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }
}
