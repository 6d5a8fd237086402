package dev.millrace.persistence;

import dev.millrace.engine.journal.ExecutionLostException;
import dev.millrace.engine.journal.Fact;
import dev.millrace.engine.journal.Journal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
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
 * <p>Facts that nobody waits for gather a few milliseconds, so that the start and the end of a
 * short execution meet and cost one row; {@link #hurry()} sends them at once.
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
  private final JournalMetrics metrics;
  private final Leases leases;
  private final Queue<PendingFact> pending = new ConcurrentLinkedQueue<>();
  private final AtomicInteger pendingFacts = new AtomicInteger();
  private final AtomicLong pendingCharacters = new AtomicLong();
  private final AtomicBoolean awake = new AtomicBoolean();
  private final AtomicBoolean hurried = new AtomicBoolean();

  /** The timer of the batch that gathers, -1 when none does; touched on the context only. */
  private long gathering = -1;

  /**
   * Creates a journal that owns no pool: closing that is the caller's, after {@link #flush()}.
   *
   * @param leases who this gateway is at the moment
   */
  public PostgresJournal(
      Vertx vertx, Pool pool, JournalOptions options, JournalMetrics metrics, Leases leases) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.pool = pool;
    this.options = options;
    this.metrics = metrics;
    this.leases = leases;
  }

  @Override
  public Future<Void> append(Fact fact) {
    Promise<Void> committed = promise();
    PendingFact next;
    try {
      next = PendingFact.of(fact, leases.owner(), committed);
    } catch (RuntimeException unusable) {
      log.atError()
          .addKeyValue("executionId", fact.executionId())
          .addKeyValue("cause", unusable.getClass().getName())
          .log("A fact cannot be written and is not recorded");
      return Future.failedFuture(unusable);
    }
    int facts = pendingFacts.incrementAndGet();
    pendingCharacters.addAndGet(next.size());
    pending.add(next);
    if (facts == options.maxBatchFacts()) {
      hurry();
    }
    wake();
    return committed.future();
  }

  @Override
  public void hurry() {
    if (pendingFacts.get() > 0 && hurried.compareAndSet(false, true)) {
      context.runOnContext(
          ignored -> {
            if (gathering >= 0) {
              vertx.cancelTimer(gathering);
              sendNext();
            }
          });
    }
  }

  /**
   * Not while this gateway is nobody: after it lost its lease, until it has a new one, what begins
   * would belong to who it was, and to whoever takes over from that one.
   */
  @Override
  public boolean hasRoom() {
    boolean room =
        leases.isRegistered()
            && pendingFacts.get() < options.maxPendingFacts()
            && pendingCharacters.get() < options.maxPendingCharacters();
    if (!room) {
      metrics.refused();
    }
    return room;
  }

  @Override
  public Future<Void> flush() {
    Promise<Void> flushed = promise();
    pending.add(PendingFact.mark(flushed));
    wake();
    hurry();
    return flushed.future();
  }

  /** How many facts wait for their commit. */
  public int pendingFacts() {
    return pendingFacts.get();
  }

  /** About how many characters wait for their commit. */
  public long pendingCharacters() {
    return pendingCharacters.get();
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
      context.runOnContext(ignored -> gather());
    }
  }

  private void gather() {
    long delay = options.gather().toMillis();
    if (delay == 0 || hurried.get()) {
      sendNext();
    } else {
      gathering = vertx.setTimer(delay, timer -> sendNext());
    }
  }

  private void sendNext() {
    gathering = -1;
    hurried.set(false);
    List<PendingFact> facts = new ArrayList<>();
    List<Promise<Void>> marks = new ArrayList<>();
    long characters = 0;
    PendingFact next;
    while (facts.size() < options.maxBatchFacts()
        && characters < options.maxBatchCharacters()
        && (next = pending.poll()) != null) {
      if (next.fact() == null) {
        marks.add(next.committed());
      } else {
        facts.add(next);
        characters += next.size();
      }
    }
    if (facts.isEmpty()) {
      marks.forEach(mark -> mark.complete());
      sleep();
      return;
    }
    long sentAt = System.nanoTime();
    send(facts, options.firstRetryDelay().toMillis())
        .onComplete(
            sent -> {
              marks.forEach(mark -> mark.complete());
              metrics.committed(facts.size(), System.nanoTime() - sentAt);
              metrics.pending(pendingFacts.get(), pendingCharacters.get());
              if (pending.isEmpty()) {
                sleep();
              } else {
                gather();
              }
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
    FactBatch batch;
    Tuple parameters;
    try {
      batch = new FactBatch(facts);
      parameters = batch.parameters();
    } catch (RuntimeException unusable) {
      return sendInParts(facts, unusable);
    }
    return pool.preparedQuery(FactStatement.SQL)
        .execute(parameters)
        .transform(
            result -> {
              if (result.succeeded()) {
                settle(facts, batch, result.result());
                return Future.succeededFuture();
              }
              if (isRefusedData(result.cause())) {
                return sendInParts(facts, result.cause());
              }
              if (isTooSlow(result.cause()) && facts.size() > 1) {
                metrics.retried(facts.size());
                return inHalves(facts);
              }
              return sendAgain(facts, result.cause(), retryDelay);
            });
  }

  private Future<Void> sendAgain(List<PendingFact> facts, Throwable cause, long retryDelay) {
    metrics.retried(facts.size());
    log.atWarn()
        .addKeyValue("facts", facts.size())
        .addKeyValue("cause", describe(cause))
        .log("The journal could not be written and will be tried again");
    long nextDelay = Math.min(retryDelay * 2, options.lastRetryDelay().toMillis());
    return vertx.timer(retryDelay).compose(ignored -> send(facts, nextDelay));
  }

  /** One fact that the database can never take must not hold up the others. */
  private Future<Void> sendInParts(List<PendingFact> facts, Throwable cause) {
    if (facts.size() == 1) {
      log.atError()
          .addKeyValue("executionId", facts.get(0).fact().executionId())
          .addKeyValue("cause", describe(cause))
          .log("A fact was refused by the database and is not recorded");
      settle(facts.get(0), cause);
      return Future.succeededFuture();
    }
    return inHalves(facts);
  }

  private Future<Void> inHalves(List<PendingFact> facts) {
    int middle = facts.size() / 2;
    long retryDelay = options.firstRetryDelay().toMillis();
    return send(facts.subList(0, middle), retryDelay)
        .compose(ignored -> send(facts.subList(middle, facts.size()), retryDelay));
  }

  private void settle(List<PendingFact> facts, FactBatch batch, RowSet<Row> held) {
    Set<PendingFact> lost = batch.lost(facts, held);
    for (PendingFact fact : facts) {
      settle(
          fact, lost.contains(fact) ? new ExecutionLostException(fact.fact().executionId()) : null);
    }
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
