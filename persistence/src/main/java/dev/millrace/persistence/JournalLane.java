package dev.millrace.persistence;

import dev.millrace.engine.journal.Fact;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One way of the journal into the database: while one batch is on its way, the next one gathers.
 * Owned by {@link PostgresJournal}; facts come from any event loop, all else happens on the one
 * context that it was created with.
 */
final class JournalLane {
  private static final Logger log = LoggerFactory.getLogger(JournalLane.class);

  /**
   * A fact as it came.
   *
   * @param fact null for a mark that only waits for what was before it
   * @param owner who the gateway was then
   */
  record Arrival(Fact fact, UUID owner, Promise<Void> committed) {}

  private final Vertx vertx;
  private final Context context;
  private final JournalOptions options;
  private final JournalMetrics metrics;
  private final JournalBacklog backlog;
  private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean arrived = new AtomicBoolean();
  private final AtomicBoolean hurried = new AtomicBoolean();

  // From here on touched on the context only.
  private final Queue<PendingFact> waiting = new ArrayDeque<>();
  private final GatheredFacts gathered;
  private final BatchSender sender;

  /** Whoever flushes waits for all that was gathered. */
  private final List<Promise<Void>> marks = new ArrayList<>();

  /** The timer of the batch that gathers, -1 when none does. */
  private long gathering = -1;

  /** Whether a batch gathers or is on its way. */
  private boolean awake;

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

  /**
   * Takes a fact, or a mark. It is written down once the event loop has looked after what it read
   * from the network, so that no caller waits for the records of another.
   */
  void add(Arrival arrival) {
    arrivals.add(arrival);
    if (arrived.compareAndSet(false, true)) {
      context.runOnContext(ignored -> writeArrivals());
    }
  }

  /** Sends what gathers at once, however short a time it has gathered. */
  void hurry() {
    if (hurried.compareAndSet(false, true)) {
      context.runOnContext(
          ignored -> {
            stopGathering();
            if (!awake) {
              hurried.set(false);
            }
          });
    }
  }

  private void writeArrivals() {
    arrived.set(false);
    for (Arrival next = arrivals.poll(); next != null; next = arrivals.poll()) {
      write(next);
    }
    if (hasCompany()) {
      stopGathering();
    }
    if (!awake) {
      awake = true;
      gather();
    }
  }

  private void write(Arrival arrival) {
    if (arrival.fact() == null) {
      waiting.add(PendingFact.mark(arrival.committed()));
      return;
    }
    try {
      PendingFact fact = PendingFact.of(arrival.fact(), arrival.owner(), arrival.committed());
      backlog.written(fact.size());
      waiting.add(fact);
    } catch (RuntimeException unusable) {
      log.atError()
          .addKeyValue("executionId", arrival.fact().executionId())
          .addKeyValue("cause", unusable.getClass().getName())
          .log("A fact cannot be written and is not recorded");
      backlog.settled(1, 0);
      arrival.committed().fail(unusable);
    }
  }

  private boolean hasCompany() {
    return waiting.size() >= options.company();
  }

  private void stopGathering() {
    if (gathering >= 0) {
      vertx.cancelTimer(gathering);
      sendNext();
    }
  }

  private void gather() {
    long delay = options.gather().toMillis();
    if (delay == 0 || hasCompany() || hurried.get() || !marks.isEmpty()) {
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
              metrics.pending(backlog.facts(), backlog.characters());
              goOn();
            });
  }

  /** Moves facts to where they wait for their batch, none behind a mark. */
  private void takeWaiting(long now) {
    while (marks.isEmpty() && !waiting.isEmpty()) {
      PendingFact next = waiting.peek();
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
    if (gathered.isEmpty() && waiting.isEmpty()) {
      awake = false;
    } else {
      gather();
    }
  }
}
