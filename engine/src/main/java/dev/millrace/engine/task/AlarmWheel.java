package dev.millrace.engine.task;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The alarms of one event loop, which most often are cancelled long before they ring: setting and
 * cancelling one is to link and unlink it. One timer of Vert.x looks at the slot whose time has
 * come, while there are alarms. Owned by whoever made it, used on that event loop only.
 *
 * <p>An alarm never rings early, and up to two ticks late.
 */
final class AlarmWheel {
  static final long TICK_MILLIS = 10;
  private static final long TICK_NANOS = TICK_MILLIS * 1_000_000;
  private static final int SLOTS = 512;

  private final Vertx vertx;
  private final LongSupplier nanoTime;
  private final long epochNanos;
  private final Spoke[] slots = new Spoke[SLOTS];
  private long looked;
  private int pending;
  private long ticking;
  private boolean turning;

  /**
   * @param nanoTime the monotonic clock
   */
  AlarmWheel(Vertx vertx, LongSupplier nanoTime) {
    this.vertx = vertx;
    this.nanoTime = nanoTime;
    this.epochNanos = nanoTime.getAsLong();
  }

  /** An alarm in its slot, which is a list. */
  private final class Spoke implements Timers.Alarm {
    private final Runnable action;
    private final long tick;
    private Spoke next;
    private Spoke previous;
    private boolean over;

    Spoke(long tick, Runnable action) {
      this.tick = tick;
      this.action = action;
    }

    @Override
    public void cancel() {
      if (!over) {
        unlink(this);
      }
    }
  }

  Timers.Alarm set(long delayMillis, Runnable action) {
    long now = tickOf(nanoTime.getAsLong());
    if (!turning) {
      turning = true;
      looked = now;
      ticking = vertx.setPeriodic(TICK_MILLIS, id -> turn());
    }
    // The tick that begins after the delay: what is left of the present one does not count.
    Spoke spoke = new Spoke(now + 1 + (delayMillis + TICK_MILLIS - 1) / TICK_MILLIS, action);
    int slot = slotOf(spoke.tick);
    spoke.next = slots[slot];
    if (spoke.next != null) {
      spoke.next.previous = spoke;
    }
    slots[slot] = spoke;
    pending++;
    return spoke;
  }

  private void turn() {
    long now = tickOf(nanoTime.getAsLong());
    List<Spoke> due = new ArrayList<>();
    // After a standstill of more than a turn every slot is looked at once.
    for (long tick = Math.max(looked + 1, now - SLOTS + 1); tick <= now; tick++) {
      for (Spoke spoke = slots[slotOf(tick)]; spoke != null; spoke = spoke.next) {
        if (spoke.tick <= now) {
          due.add(spoke);
        }
      }
    }
    looked = now;
    for (Spoke spoke : due) {
      if (!spoke.over) {
        unlink(spoke);
        spoke.action.run();
      }
    }
    if (pending == 0) {
      turning = false;
      vertx.cancelTimer(ticking);
    }
  }

  private void unlink(Spoke spoke) {
    spoke.over = true;
    pending--;
    if (spoke.previous != null) {
      spoke.previous.next = spoke.next;
    } else {
      slots[slotOf(spoke.tick)] = spoke.next;
    }
    if (spoke.next != null) {
      spoke.next.previous = spoke.previous;
    }
    spoke.previous = null;
    spoke.next = null;
  }

  private long tickOf(long nanos) {
    return (nanos - epochNanos) / TICK_NANOS;
  }

  private static int slotOf(long tick) {
    return (int) (tick & (SLOTS - 1));
  }
}
