package dev.millrace.engine.task;

/**
 * Stops exchanges whose execution's time is over and whose caller forgot to cancel them; owned by
 * one runner, lives on its event loop.
 *
 * <p>Most exchanges may last as long as their execution, which has an alarm of its own. They would
 * double the number of alarms only to be safe; instead they stand in a list that is looked through
 * now and then.
 */
final class DeadlineWatch {
  /** How late an exchange may be stopped. */
  static final long PERIOD_MILLIS = 250;

  private final Timers timers;
  private Exchange first;
  private boolean armed;

  DeadlineWatch(Timers timers) {
    this.timers = timers;
  }

  void add(Exchange exchange) {
    exchange.next = first;
    if (first != null) {
      first.previous = exchange;
    }
    first = exchange;
    arm();
  }

  void remove(Exchange exchange) {
    if (exchange.previous != null) {
      exchange.previous.next = exchange.next;
    } else if (first == exchange) {
      first = exchange.next;
    }
    if (exchange.next != null) {
      exchange.next.previous = exchange.previous;
    }
    exchange.previous = null;
    exchange.next = null;
  }

  private void arm() {
    if (!armed) {
      armed = true;
      timers.schedule(PERIOD_MILLIS, this::look);
    }
  }

  private void look() {
    armed = false;
    long now = timers.nanoTime();
    Exchange exchange = first;
    while (exchange != null) {
      Exchange next = exchange.next;
      if (now - exchange.deadlineNanos() >= 0) {
        exchange.timeOut();
      }
      exchange = next;
    }
    if (first != null) {
      arm();
    }
  }
}
