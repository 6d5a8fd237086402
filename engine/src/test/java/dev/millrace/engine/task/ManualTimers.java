package dev.millrace.engine.task;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A clock that stands still until the test moves it; to be used on one thread at a time. */
final class ManualTimers implements Timers {
  private static final long EPOCH = 1_700_000_000_000L;

  private final List<Alarm> alarms = new ArrayList<>();
  private long nanos = 42_000_000_000L;
  private long nextId;

  record Alarm(long id, long atNanos, Runnable action) {}

  @Override
  public synchronized long nanoTime() {
    return nanos;
  }

  @Override
  public synchronized long epochMillis() {
    return EPOCH + nanos / 1_000_000;
  }

  @Override
  public synchronized long schedule(long delayMillis, Runnable action) {
    nextId++;
    alarms.add(new Alarm(nextId, nanos + delayMillis * 1_000_000, action));
    return nextId;
  }

  @Override
  public synchronized void cancel(long id) {
    alarms.removeIf(alarm -> alarm.id() == id);
  }

  /** How long until each alarm, in milliseconds, the soonest first. */
  synchronized List<Long> pending() {
    return alarms.stream().map(alarm -> (alarm.atNanos() - nanos) / 1_000_000).sorted().toList();
  }

  /** Moves on and rings what is due, in order. */
  void advance(long millis) {
    long target;
    synchronized (this) {
      target = nanos + millis * 1_000_000;
    }
    Alarm due = nextBefore(target);
    while (due != null) {
      due.action().run();
      due = nextBefore(target);
    }
    synchronized (this) {
      nanos = target;
    }
  }

  private synchronized Alarm nextBefore(long target) {
    Alarm due =
        alarms.stream()
            .filter(alarm -> alarm.atNanos() <= target)
            .min(Comparator.comparingLong(Alarm::atNanos))
            .orElse(null);
    if (due != null) {
      alarms.remove(due);
      nanos = Math.max(nanos, due.atNanos());
    }
    return due;
  }
}
