package dev.millrace.engine.task;

import io.vertx.core.Vertx;

/**
 * The clocks and alarms of one event loop; used on that loop only, replaced by a manual one in
 * tests.
 */
public interface Timers {
  /** An alarm that was set. */
  interface Alarm {
    /** Forgets it; one that already rang is left alone. */
    void cancel();
  }

  /** Now, on the monotonic clock that deadlines are given in. */
  long nanoTime();

  /** Now, on the wall clock, in milliseconds since the epoch. */
  long epochMillis();

  /**
   * Runs an action once, on the same event loop, not before the delay is over.
   *
   * @param delayMillis at least 1
   */
  Alarm schedule(long delayMillis, Runnable action);

  /**
   * The real clocks. Alarms of a tenth of a second or more may ring {@value AlarmWheel#TICK_MILLIS}
   * to 20 ms late and cost next to nothing; shorter ones are timers of Vert.x.
   */
  static Timers of(Vertx vertx) {
    return new Timers() {
      private static final long COARSE_MILLIS = 100;
      private final AlarmWheel wheel = new AlarmWheel(vertx, System::nanoTime);

      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public long epochMillis() {
        return System.currentTimeMillis();
      }

      @Override
      public Alarm schedule(long delayMillis, Runnable action) {
        if (delayMillis >= COARSE_MILLIS) {
          return wheel.set(delayMillis, action);
        }
        long id = vertx.setTimer(delayMillis, rung -> action.run());
        return () -> vertx.cancelTimer(id);
      }
    };
  }
}
