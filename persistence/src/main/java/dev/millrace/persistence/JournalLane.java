package dev.millrace.persistence;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One way of the journal into the database: while one batch is on its way, the next one gathers.
 * Owned by {@link PostgresJournal}; facts come from any event loop, batches are made and sent on
 * the one context that it was created with.
 */
final class JournalLane {
  private final Vertx vertx;
  private final Context context;
  private final JournalOptions options;
  private final JournalMetrics metrics;
  private final JournalBacklog backlog;
  private final Queue<PendingFact> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger arrived = new AtomicInteger();
  private final AtomicBoolean awake = new AtomicBoolean();
  private final AtomicBoolean hurried = new AtomicBoolean();

  private final GatheredFacts gathered;
  private final BatchSender sender;

  /** Whoever flushes waits for all that was gathered; touched on the context only. */
  private final List<Promise<Void>> marks = new ArrayList<>();

  /** The timer of the batch that gathers, -1 when none does; touched on the context only. */
  private long gathering = -1;

  /**
   * Creates a lane that sleeps.
   *
   * @param pool of one connection, which nobody else uses
   */
  JournalLane(
      Vertx vertx,
      Context context,
      Pool pool,
      JournalOptions options,
      JournalMetrics metrics,
      JournalBacklog backlog) {
    this.vertx = vertx;
    this.context = context;
    this.options = options;
    this.metrics = metrics;
    this.backlog = backlog;
    this.gathered = new GatheredFacts(options);
    this.sender = new BatchSender(vertx, pool, options, metrics, backlog::settled);
  }

  /** Takes a fact, or a mark. */
  void add(PendingFact fact) {
    waiting.add(fact);
    if (arrived.incrementAndGet() == options.company()) {
      context.runOnContext(ignored -> stopGathering());
    }
    wake();
  }

  /** Sends what gathers at once, however short a time it has gathered. */
  void hurry() {
    if (awake.get() && hurried.compareAndSet(false, true)) {
      context.runOnContext(ignored -> stopGathering());
    }
  }

  private void stopGathering() {
    if (gathering >= 0) {
      vertx.cancelTimer(gathering);
      sendNext();
    }
  }

  private void wake() {
    if (awake.compareAndSet(false, true)) {
      context.runOnContext(ignored -> gather());
    }
  }

  private void gather() {
    long delay = options.gather().toMillis();
    boolean company = arrived.get() >= options.company();
    if (delay == 0 || company || hurried.get() || !marks.isEmpty()) {
      sendNext();
    } else {
      gathering = vertx.setTimer(delay, timer -> sendNext());
    }
  }

  private void sendNext() {
    gathering = -1;
    boolean hurry = hurried.getAndSet(false);
    long now = System.nanoTime();
    arrived.set(0);
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
              metrics.pending(backlog.facts(), backlog.characters());
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
}
