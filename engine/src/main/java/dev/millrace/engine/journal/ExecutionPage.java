package dev.millrace.engine.journal;

import java.util.List;

/**
 * A part of an execution list.
 *
 * @param items newest first
 * @param total how many there are without paging
 */
public record ExecutionPage(List<ExecutionSummary> items, long total) {
  public ExecutionPage {
    items = List.copyOf(items);
  }
}
