package dev.millrace.engine.task;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A clock that stands still until the test moves it; to be used on one thread at a time. */
final class ManualTimers implements Timers {
  private static final long EPOCH = 1_700_000_000_000L;

  private final List<Pending> alarms = new ArrayList<>();
  private long nanos = 42_000_000_000L;

  /** Told apart by identity. */
  private static final class Pending {
    private final long atNanos;
    private final Runnable action;

    Pending(long atNanos, Runnable action) {
      this.atNanos = atNanos;
      this.action = action;
    }
  }

  @Override
  public synchronized long nanoTime() {
    return nanos;
  }

  @Override
  public synchronized long epochMillis() {
    return EPOCH + nanos / 1_000_000;
  }

  @Override
  public synchronized Alarm schedule(long delayMillis, Runnable action) {
    Pending alarm = new Pending(nanos + delayMillis * 1_000_000, action);
    alarms.add(alarm);
    return () -> cancel(alarm);
  }

  private synchronized void cancel(Pending alarm) {
    alarms.remove(alarm);
  }

  /** How long until each alarm, in milliseconds, the soonest first. */
  synchronized List<Long> pending() {
    return alarms.stream().map(alarm -> (alarm.atNanos - nanos) / 1_000_000).sorted().toList();
  }

  /** Moves on and rings what is due, in order. */
  void advance(long millis) {
    long target;
    synchronized (this) {
      target = nanos + millis * 1_000_000;
    }
    Pending due = nextBefore(target);
    while (due != null) {
      due.action.run();
      due = nextBefore(target);
    }
    synchronized (this) {
      nanos = target;
    }
  }

  private synchronized Pending nextBefore(long target) {
    Pending due =
        alarms.stream()
            .filter(alarm -> alarm.atNanos <= target)
            .min(Comparator.comparingLong(alarm -> alarm.atNanos))
            .orElse(null);
    if (due != null) {
      alarms.remove(due);
      nanos = Math.max(nanos, due.atNanos);
    }
    return due;
  }
}
