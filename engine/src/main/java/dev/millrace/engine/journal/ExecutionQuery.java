package dev.millrace.engine.journal;

import java.util.Objects;

/**
 * Which executions of a workflow to list, newest first.
 *
 * @param status null for all
 * @param from the earliest start, epoch microseconds, inclusive
 * @param to the latest start, epoch microseconds, exclusive
 * @param after where the page before ended; null to begin with the newest
 * @param skip how many of the newest to leave out, at most {@value #MAXIMUM_SKIP}: deeper pages are
 *     reached by {@code after}
 * @param take how many to answer, 1 to {@value #MAXIMUM_TAKE}
 */
public record ExecutionQuery(
    String namespace,
    String workflow,
    ExecutionStatus status,
    long from,
    long to,
    ExecutionCursor after,
    int skip,
    int take) {
  /** How many executions a page holds when nobody says. */
  public static final int DEFAULT_TAKE = 50;

  /** How many executions a page holds at most. */
  public static final int MAXIMUM_TAKE = 500;

  /** How many executions can be left out by counting. */
  public static final int MAXIMUM_SKIP = 10_000;

  public ExecutionQuery {
    Objects.requireNonNull(namespace);
    Objects.requireNonNull(workflow);
    if (skip < 0) {
      throw new IllegalArgumentException("skip must not be negative, it is " + skip);
    }
    if (skip > MAXIMUM_SKIP) {
      throw new IllegalArgumentException(
          "skip must be at most " + MAXIMUM_SKIP + ", it is " + skip + "; use the cursor");
    }
    if (take < 1 || take > MAXIMUM_TAKE) {
      throw new IllegalArgumentException(
          "take must be between 1 and " + MAXIMUM_TAKE + ", it is " + take);
    }
  }

  /** From the newest on. */
  public ExecutionQuery(
      String namespace,
      String workflow,
      ExecutionStatus status,
      long from,
      long to,
      int skip,
      int take) {
    this(namespace, workflow, status, from, to, null, skip, take);
  }

  /** The same, but what comes after a place. */
  public ExecutionQuery after(ExecutionCursor place) {
    return new ExecutionQuery(namespace, workflow, status, from, to, place, skip, take);
  }

  /** The newest executions of a workflow. */
  public static ExecutionQuery newest(String namespace, String workflow) {
    return new ExecutionQuery(
        namespace, workflow, null, Long.MIN_VALUE, Long.MAX_VALUE, 0, DEFAULT_TAKE);
  }
}
