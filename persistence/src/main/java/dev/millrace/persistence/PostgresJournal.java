package dev.millrace.persistence;

import dev.millrace.engine.journal.Fact;
import dev.millrace.engine.journal.Journal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
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
 * <p>Facts that nobody waits for gather until their execution ends, though not for long, so that a
 * short execution costs one row that is written once; {@link #hurry()} sends them at once.
 *
 * <p>Without its database it keeps what it took and tries again, and says through {@link
 * #hasRoom()} when it can take no more.
 */
public final class PostgresJournal implements Journal {
  private static final Logger log = LoggerFactory.getLogger(PostgresJournal.class);

  private final Vertx vertx;
  private final Context context;
  private final JournalOptions options;
  private final JournalMetrics metrics;
  private final Leases leases;
  private final Queue<PendingFact> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger pendingFacts = new AtomicInteger();
  private final AtomicLong pendingCharacters = new AtomicLong();
  private final AtomicBoolean awake = new AtomicBoolean();
  private final AtomicBoolean hurried = new AtomicBoolean();

  private final GatheredFacts gathered;
  private final BatchSender sender;

  /** Whoever flushes waits for all that was gathered; touched on the context only. */
  private final List<Promise<Void>> marks = new ArrayList<>();

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
    this.options = options;
    this.metrics = metrics;
    this.leases = leases;
    this.gathered = new GatheredFacts(options);
    this.sender = new BatchSender(vertx, pool, options, metrics, this::settled);
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
    pendingFacts.incrementAndGet();
    pendingCharacters.addAndGet(next.size());
    waiting.add(next);
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
    waiting.add(PendingFact.mark(flushed));
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
    if (delay == 0 || hurried.get() || !marks.isEmpty()) {
      sendNext();
    } else {
      gathering = vertx.setTimer(delay, timer -> sendNext());
    }
  }

  private void sendNext() {
    gathering = -1;
    boolean hurry = hurried.getAndSet(false);
    long now = System.nanoTime();
    takeWaiting(now);
    List<ExecutionFacts> batch = gathered.take(hurry || !marks.isEmpty(), now);
    if (batch.isEmpty()) {
      goOn();
      return;
    }
    sender
        .send(batch)
        .onComplete(
            sent -> {
              metrics.committed(ExecutionFacts.count(batch), System.nanoTime() - now);
              metrics.pending(pendingFacts.get(), pendingCharacters.get());
              goOn();
            });
  }

  /** Moves facts from the queue to where they wait for their batch, none behind a mark. */
  private void takeWaiting(long now) {
    PendingFact next;
    while (marks.isEmpty() && (next = waiting.peek()) != null) {
      if (next.isMark()) {
        marks.add(next.committed());
      } else if (!gathered.add(next, now)) {
        return;
      }
      waiting.remove();
    }
  }

  /** Gathers the next batch, or goes to sleep, unless a fact came in just now. */
  private void goOn() {
    if (gathered.isEmpty()) {
      marks.forEach(mark -> mark.complete());
      marks.clear();
    }
    if (!gathered.isEmpty() || !waiting.isEmpty()) {
      gather();
      return;
    }
    awake.set(false);
    if (!waiting.isEmpty()) {
      wake();
    }
  }

  private void settled(int facts, long characters) {
    pendingFacts.addAndGet(-facts);
    pendingCharacters.addAndGet(-characters);
  }
}
