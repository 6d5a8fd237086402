package dev.millrace.engine.task;

import java.util.ArrayList;
import java.util.List;

/**
 * Stops what belongs to one execution; lives on the execution's event loop, and is used only there.
 *
 * <p>Cancelling is final and happens once. Actions that are registered later run at once.
 */
public final class Cancellation {
  private final List<Runnable> actions = new ArrayList<>(2);
  private boolean cancelled;

  /** Runs every registered action; further calls change nothing. */
  public void cancel() {
    if (cancelled) {
      return;
    }
    cancelled = true;
    List<Runnable> due = List.copyOf(actions);
    actions.clear();
    for (Runnable action : due) {
      action.run();
    }
  }

  /** Whether {@link #cancel()} was called. */
  public boolean isCancelled() {
    return cancelled;
  }

  /** Registers what must happen on cancellation. */
  public void onCancel(Runnable action) {
    if (cancelled) {
      action.run();
    } else {
      actions.add(action);
    }
  }

  /** Forgets an action that is no longer needed. */
  public void remove(Runnable action) {
    actions.remove(action);
  }
}
