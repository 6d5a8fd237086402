package dev.millrace.engine.catalog;

import dev.millrace.engine.definition.Workflow;
import dev.millrace.engine.plan.ExecutionPlan;
import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.validation.ResourceReport;
import java.util.List;
import java.util.Objects;

/**
 * A workflow in a snapshot of the catalog: what was written last, what validation says of it, and
 * what is being served.
 *
 * @param workflow the latest definition
 * @param report what validation found for the latest definition
 * @param problems why the latest definition is not served, and its warnings
 * @param plan what is being served: the plan of the latest definition, or of the last good one;
 *     null when there never was a good one
 * @param ready whether the latest definition is being served
 */
public record CatalogEntry(
    Workflow workflow,
    ResourceReport report,
    List<Problem> problems,
    ExecutionPlan plan,
    boolean ready) {
  public CatalogEntry {
    Objects.requireNonNull(workflow);
    Objects.requireNonNull(report);
    problems = List.copyOf(problems);
    if (ready && plan == null) {
      throw new IllegalArgumentException(workflow.name() + " cannot be ready without a plan");
    }
  }

  /** Whether a plan of an older definition is being served. */
  public boolean servingOlder() {
    return plan != null && !ready;
  }
}
