package dev.millrace.engine.task;

import dev.millrace.engine.definition.BulkheadSpec;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many calls of one task are in flight in this process, and the bounded queue of those that
 * wait; owned by {@link TaskGuards}, shared by all event loops, without locks.
 *
 * <p>First come, first served: a call that arrives while others wait goes to the end of the queue.
 */
final class Bulkhead {
  /** What became of a wish to enter. */
  enum Entry {
    ENTERED,
    WAITING,
    FULL
  }

  /** A call's place in the queue: granted by any thread, or given up by the call's own. */
  abstract static class Place {
    private static final int WAITING = 0;
    private static final int GRANTED = 1;
    private static final int GIVEN_UP = 2;

    private final AtomicInteger state = new AtomicInteger(WAITING);

    /** The call may go on; called once, on any thread. */
    abstract void granted();

    private boolean grant() {
      return state.compareAndSet(WAITING, GRANTED);
    }

    private boolean giveUp() {
      return state.compareAndSet(WAITING, GIVEN_UP);
    }
  }

  private final int maxConcurrent;
  private final int maxQueued;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger queued = new AtomicInteger();
  private final ConcurrentLinkedQueue<Place> queue = new ConcurrentLinkedQueue<>();

  Bulkhead(BulkheadSpec spec) {
    this.maxConcurrent = spec.maxConcurrent();
    this.maxQueued = spec.maxQueued();
  }

  /**
   * Enters at once, or waits at the given place, or is turned away. Whoever entered or was granted
   * must {@link #leave()}.
   */
  Entry enter(Place place) {
    if (queued.get() == 0 && take(inFlight, maxConcurrent)) {
      return Entry.ENTERED;
    }
    if (!take(queued, maxQueued)) {
      return Entry.FULL;
    }
    queue.add(place);
    // Somebody may have left between the look at the room and the queueing.
    serve();
    return Entry.WAITING;
  }

  /** Makes room for the next one. */
  void leave() {
    inFlight.decrementAndGet();
    serve();
  }

  /**
   * Gives up a place in the queue.
   *
   * @return false when it was granted already: then {@link Place#granted()} was or will be called
   */
  boolean giveUp(Place place) {
    if (!place.giveUp()) {
      return false;
    }
    if (queue.remove(place)) {
      queued.decrementAndGet();
    }
    return true;
  }

  int inFlight() {
    return inFlight.get();
  }

  int queued() {
    return queued.get();
  }

  private void serve() {
    while (!queue.isEmpty() && take(inFlight, maxConcurrent)) {
      Place next = queue.poll();
      if (next == null) {
        inFlight.decrementAndGet();
        continue;
      }
      queued.decrementAndGet();
      if (next.grant()) {
        next.granted();
      } else {
        inFlight.decrementAndGet();
      }
    }
  }

  private static boolean take(AtomicInteger count, int most) {
    int current = count.get();
    while (current < most) {
      if (count.compareAndSet(current, current + 1)) {
        return true;
      }
      current = count.get();
    }
    return false;
  }
}
