package dev.millrace.operator.reconcile;

import dev.millrace.engine.problem.ResourceName;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The names of resources that are to be looked at, each at most once, and never the same one twice
 * at a time; owned by the operator's verticle, usable on any thread.
 *
 * <p>It holds no more than there are resources. A name whose work fails comes back after a while,
 * longer each time.
 */
final class KeyedQueue {
  private static final Duration FIRST_DELAY = Duration.ofMillis(250);
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);
  private static final int MOST_DOUBLINGS = 10;

  private final Vertx vertx;
  private final int concurrency;
  private final Function<ResourceName, Future<Void>> work;
  private final Set<ResourceName> waiting = new LinkedHashSet<>();
  private final Set<ResourceName> running = new HashSet<>();
  private final Map<ResourceName, Integer> failures = new HashMap<>();
  private boolean open;

  /**
   * Makes a queue that is closed.
   *
   * @param concurrency how many names are worked on at a time
   * @param work what to do with a name
   */
  KeyedQueue(Vertx vertx, int concurrency, Function<ResourceName, Future<Void>> work) {
    this.vertx = vertx;
    this.concurrency = concurrency;
    this.work = work;
  }

  /** Begins to work, with all of these names. */
  void open(Collection<ResourceName> names) {
    synchronized (this) {
      open = true;
      waiting.addAll(names);
    }
    drain();
  }

  /** Forgets all names; what runs may end. */
  synchronized void close() {
    open = false;
    waiting.clear();
    failures.clear();
  }

  /** Has a name looked at, once more also where that happens right now; nothing while closed. */
  void add(ResourceName name) {
    synchronized (this) {
      if (!open) {
        return;
      }
      waiting.add(name);
    }
    drain();
  }

  /** How many names wait. */
  synchronized int depth() {
    return waiting.size();
  }

  private void drain() {
    ResourceName next;
    while ((next = take()) != null) {
      ResourceName name = next;
      work.apply(name).onComplete(ended -> done(name, ended.succeeded()));
    }
  }

  private synchronized ResourceName take() {
    if (!open || running.size() >= concurrency) {
      return null;
    }
    Iterator<ResourceName> names = waiting.iterator();
    while (names.hasNext()) {
      ResourceName name = names.next();
      if (!running.contains(name)) {
        names.remove();
        running.add(name);
        return name;
      }
    }
    return null;
  }

  private void done(ResourceName name, boolean succeeded) {
    int failed;
    synchronized (this) {
      running.remove(name);
      failed = succeeded ? 0 : failures.merge(name, 1, Integer::sum);
      if (succeeded) {
        failures.remove(name);
      }
    }
    if (failed > 0) {
      vertx.setTimer(delayMillis(failed), elapsed -> add(name));
    }
    drain();
  }

  static long delayMillis(int failed) {
    long delay = FIRST_DELAY.toMillis() << Math.min(failed - 1, MOST_DOUBLINGS);
    return Math.min(delay, LONGEST_DELAY.toMillis());
  }
}
