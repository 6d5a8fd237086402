package dev.millrace.persistence;

import dev.millrace.engine.journal.Fact;
import dev.millrace.engine.journal.Journal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal in PostgreSQL, with group commit: while one batch is on its way, the next one
 * gathers. One for the process; facts come from any event loop, batches are made and sent on the
 * one context that it was created with.
 *
 * <p>Without its database it keeps what it took and tries again, and says through {@link
 * #hasRoom()} when it can take no more.
 */
public final class PostgresJournal implements Journal {
  private static final Logger log = LoggerFactory.getLogger(PostgresJournal.class);

  private final Vertx vertx;
  private final Context context;
  private final Pool pool;
  private final JournalOptions options;
  private final Queue<PendingFact> pending = new ConcurrentLinkedQueue<>();
  private final AtomicInteger pendingFacts = new AtomicInteger();
  private final AtomicLong pendingCharacters = new AtomicLong();
  private final AtomicBoolean awake = new AtomicBoolean();

  /** Creates a journal that owns no pool: closing that is the caller's, after {@link #flush()}. */
  public PostgresJournal(Vertx vertx, Pool pool, JournalOptions options) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.pool = pool;
    this.options = options;
  }

  @Override
  public Future<Void> append(Fact fact) {
    Promise<Void> committed = promise();
    PendingFact next = PendingFact.of(fact, committed);
    pendingFacts.incrementAndGet();
    pendingCharacters.addAndGet(next.size());
    pending.add(next);
    wake();
    return committed.future();
  }

  @Override
  public boolean hasRoom() {
    return pendingFacts.get() < options.maxPendingFacts()
        && pendingCharacters.get() < options.maxPendingCharacters();
  }

  @Override
  public Future<Void> flush() {
    Promise<Void> flushed = promise();
    pending.add(new PendingFact(null, null, null, null, null, flushed));
    wake();
    return flushed.future();
  }

  /** How many facts wait for their commit. */
  public int pendingFacts() {
    return pendingFacts.get();
  }

  /**
   * A promise whose future completes on the context of the caller, as callers of {@link Journal}
   * expect.
   */
  private Promise<Void> promise() {
    Context caller = Vertx.currentContext();
    return caller == null ? Promise.promise() : ((ContextInternal) caller).promise();
  }

  private void wake() {
    if (awake.compareAndSet(false, true)) {
      context.runOnContext(ignored -> sendNext());
    }
  }

  private void sendNext() {
    List<PendingFact> facts = new ArrayList<>();
    List<Promise<Void>> flushes = new ArrayList<>();
    PendingFact next;
    while (facts.size() < options.maxBatchFacts() && (next = pending.poll()) != null) {
      if (next.fact() == null) {
        flushes.add(next.committed());
      } else {
        facts.add(next);
      }
    }
    if (facts.isEmpty()) {
      flushes.forEach(flush -> flush.complete());
      sleep();
      return;
    }
    send(facts, options.firstRetryDelay().toMillis())
        .onComplete(
            sent -> {
              flushes.forEach(flush -> flush.complete());
              sendNext();
            });
  }

  /** Goes to sleep, unless a fact came in just now. */
  private void sleep() {
    awake.set(false);
    if (!pending.isEmpty()) {
      wake();
    }
  }

  /** Completes when every fact of the batch is committed or refused for good. */
  private Future<Void> send(List<PendingFact> facts, long retryDelay) {
    return pool.preparedQuery(FactBatch.SQL)
        .execute(new FactBatch(facts).parameters())
        .transform(
            result -> {
              if (result.succeeded()) {
                facts.forEach(fact -> settle(fact, null));
                return Future.succeededFuture();
              }
              if (isRefusedData(result.cause())) {
                return sendInParts(facts, result.cause());
              }
              log.atWarn()
                  .addKeyValue("facts", facts.size())
                  .addKeyValue("cause", result.cause().getMessage())
                  .log("The journal could not be written and will be tried again");
              return vertx
                  .timer(retryDelay)
                  .compose(
                      ignored ->
                          send(
                              facts,
                              Math.min(retryDelay * 2, options.lastRetryDelay().toMillis())));
            });
  }

  /** One fact that the database can never take must not hold up the others. */
  private Future<Void> sendInParts(List<PendingFact> facts, Throwable cause) {
    if (facts.size() == 1) {
      log.atError()
          .addKeyValue("executionId", facts.get(0).fact().executionId())
          .addKeyValue("cause", ((PgException) cause).getSqlState())
          .log("A fact was refused by the database and is not recorded");
      settle(facts.get(0), cause);
      return Future.succeededFuture();
    }
    int middle = facts.size() / 2;
    long retryDelay = options.firstRetryDelay().toMillis();
    return send(facts.subList(0, middle), retryDelay)
        .compose(ignored -> send(facts.subList(middle, facts.size()), retryDelay));
  }

  private void settle(PendingFact fact, Throwable cause) {
    pendingFacts.decrementAndGet();
    pendingCharacters.addAndGet(-fact.size());
    if (cause == null) {
      fact.committed().complete();
    } else {
      fact.committed().fail(cause);
    }
  }

  /**
   * SQLSTATE class 22, data exception, and 54, program limit exceeded: the same statement fails
   * again.
   */
  private static boolean isRefusedData(Throwable cause) {
    return cause instanceof PgException refused
        && refused.getSqlState() != null
        && (refused.getSqlState().startsWith("22") || refused.getSqlState().startsWith("54"));
  }
}
