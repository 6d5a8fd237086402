package dev.millrace.gateway;

import dev.millrace.engine.execution.Admission;
import java.util.function.BooleanSupplier;

/**
 * Whether requests may be sent to this process; one for the whole process, made by the program,
 * read by all event loops.
 *
 * <p>That the definitions are loaded needs no question: the program is made of loaded ones, and
 * before that nothing listens.
 */
public final class Readiness {
  private final Admission admission;
  private final BooleanSupplier databaseReachable;
  private volatile boolean draining;

  /**
   * Watches the parts that readiness depends on.
   *
   * @param databaseReachable whether the database has answered lately; asked on any thread
   */
  public Readiness(Admission admission, BooleanSupplier databaseReachable) {
    this.admission = admission;
    this.databaseReachable = databaseReachable;
  }

  /** Is not ready any more, for good; the first step of a shutdown. */
  public void drain() {
    draining = true;
  }

  /** Whether the shutdown began. */
  public boolean isDraining() {
    return draining || admission.isDraining();
  }

  /** Why requests may not be sent here; null when they may. */
  public String obstacle() {
    if (isDraining()) {
      return "This gateway is shutting down";
    }
    return databaseReachable.getAsBoolean() ? null : "The database does not answer";
  }
}
