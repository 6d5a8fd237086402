package dev.millrace.engine.definition;

import java.util.Objects;

/** What becomes of an execution whose gateway died while it ran. */
public record RecoveryPolicy(OnInterruption onInterruption, OnFailedTask onFailedTask) {
  /** Goes on, and gives a task that had failed another chance. */
  public static final RecoveryPolicy DEFAULT =
      new RecoveryPolicy(OnInterruption.Resume, OnFailedTask.Retry);

  public RecoveryPolicy {
    Objects.requireNonNull(onInterruption);
    Objects.requireNonNull(onFailedTask);
  }

  /** Whether it goes on; the constants' names are those of the field's values. */
  public enum OnInterruption {
    /** It is continued where it stood. */
    Resume,
    /** It ends as {@code Interrupted}. */
    Fail
  }

  /** What is done about a task that had failed for good when the gateway died. */
  public enum OnFailedTask {
    /** It is called again. */
    Retry,
    /** Its failure stands, and the execution ends with it. */
    Skip
  }
}
