package dev.millrace.gateway;

import dev.millrace.engine.execution.Admission;
import java.util.function.BooleanSupplier;

/**
 * Whether requests may be sent to this process; one for the whole process, made by the program,
 * read by all event loops.
 */
public final class Readiness {
  private final Admission admission;
  private final BooleanSupplier definitionsLoaded;
  private final BooleanSupplier databaseReachable;
  private volatile boolean draining;

  /**
   * Watches the parts that readiness depends on.
   *
   * @param definitionsLoaded whether the source of definitions has been read once
   * @param databaseReachable whether the database has answered lately; asked on any thread
   */
  public Readiness(
      Admission admission, BooleanSupplier definitionsLoaded, BooleanSupplier databaseReachable) {
    this.admission = admission;
    this.definitionsLoaded = definitionsLoaded;
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
    if (!definitionsLoaded.getAsBoolean()) {
      return "The definitions are not loaded yet";
    }
    return databaseReachable.getAsBoolean() ? null : "The database does not answer";
  }
}
