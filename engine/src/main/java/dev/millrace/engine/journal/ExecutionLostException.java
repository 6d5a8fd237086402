package dev.millrace.engine.journal;

/**
 * Says that a fact was not recorded, because its execution belongs to another gateway by now, or is
 * no longer kept. Whoever ran it here must stop.
 */
public final class ExecutionLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String executionId;

  /** For a fact of this execution. */
  public ExecutionLostException(String executionId) {
    super(
        "execution "
            + executionId
            + " is not this gateway's any more: another one took it over, or its record is gone");
    this.executionId = executionId;
  }

  /** Which one. */
  public String executionId() {
    return executionId;
  }
}
