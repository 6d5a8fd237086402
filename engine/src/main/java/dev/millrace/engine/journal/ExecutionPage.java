package dev.millrace.engine.journal;

import java.util.List;

/**
 * A part of an execution list.
 *
 * @param items newest first
 * @param total how many there are without paging, counted up to {@value #MAXIMUM_TOTAL}: that many
 *     means that many or more
 * @param next where the next page begins; null when this is the last
 */
public record ExecutionPage(List<ExecutionSummary> items, long total, ExecutionCursor next) {
  /** How far executions are counted: a list must not cost more the more there is. */
  public static final long MAXIMUM_TOTAL = 10_000;

  public ExecutionPage {
    items = List.copyOf(items);
  }

  /** Without a way to the next page. */
  public ExecutionPage(List<ExecutionSummary> items, long total) {
    this(items, total, null);
  }
}
