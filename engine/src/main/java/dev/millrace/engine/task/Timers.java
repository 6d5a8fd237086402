package dev.millrace.engine.task;

import io.vertx.core.Vertx;

/**
 * The clocks and alarms that one runner lives by; used on its event loop only, replaced by a manual
 * one in tests.
 */
public interface Timers {
  /** Now, on the monotonic clock that deadlines are given in. */
  long nanoTime();

  /** Now, on the wall clock, in milliseconds since the epoch. */
  long epochMillis();

  /**
   * Runs an action once, on the calling context.
   *
   * @param delayMillis at least 1
   * @return the alarm's id
   */
  long schedule(long delayMillis, Runnable action);

  /** Forgets an alarm; one that already rang is left alone. */
  void cancel(long id);

  /** The real clocks, with the alarms of Vert.x. */
  static Timers of(Vertx vertx) {
    return new Timers() {
      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public long epochMillis() {
        return System.currentTimeMillis();
      }

      @Override
      public long schedule(long delayMillis, Runnable action) {
        return vertx.setTimer(delayMillis, id -> action.run());
      }

      @Override
      public void cancel(long id) {
        vertx.cancelTimer(id);
      }
    };
  }
}
