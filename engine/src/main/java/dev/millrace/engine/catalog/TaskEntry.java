package dev.millrace.engine.catalog;

import dev.millrace.engine.definition.WorkflowTask;
import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.task.CompiledTask;
import dev.millrace.engine.validation.ResourceReport;
import java.util.List;
import java.util.Objects;

/**
 * A WorkflowTask in a snapshot of the catalog.
 *
 * @param definition the latest definition
 * @param report what validation found for the latest definition
 * @param problems why the latest definition is not served, and its warnings
 * @param compiled what workflows are compiled with: the latest definition, or the last good one;
 *     null when there never was a good one
 * @param ready whether the latest definition is the compiled one
 * @param usedBy names of the workflows of its namespace that call it, sorted
 */
public record TaskEntry(
    WorkflowTask definition,
    ResourceReport report,
    List<Problem> problems,
    CompiledTask compiled,
    boolean ready,
    List<String> usedBy) {
  public TaskEntry {
    Objects.requireNonNull(definition);
    Objects.requireNonNull(report);
    problems = List.copyOf(problems);
    usedBy = List.copyOf(usedBy);
    if (ready && compiled == null) {
      throw new IllegalArgumentException(definition.name() + " cannot be ready uncompiled");
    }
  }

  /** Whether an older definition is being served. */
  public boolean servingOlder() {
    return compiled != null && !ready;
  }
}
