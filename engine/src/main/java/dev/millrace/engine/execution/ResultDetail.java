package dev.millrace.engine.execution;

import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import dev.millrace.engine.problem.FailureException;

/** How much of a finished execution is answered. */
public enum ResultDetail {
  /** Tasks with their times. */
  DEFAULT,
  /** Also each task's input and output. */
  FULL,
  /** No tasks. */
  OUTPUT;

  /**
   * The detail of that name.
   *
   * @param name null for the default
   * @throws FailureException when there is none
   */
  public static ResultDetail of(String name) {
    if (name == null) {
      return DEFAULT;
    }
    return switch (name) {
      case "default" -> DEFAULT;
      case "full" -> FULL;
      case "output" -> OUTPUT;
      default ->
          throw Failure.of(
                  ErrorCode.InvalidRequest, "detail must be one of default, full and output")
              .exception();
    };
  }
}
