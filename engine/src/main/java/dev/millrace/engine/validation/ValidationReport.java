package dev.millrace.engine.validation;

import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.problem.ResourceName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What validation found for a set.
 *
 * @param reports one for each resource, in document order
 * @param problems all problems in document order, also those that belong to no resource
 */
public record ValidationReport(Map<ResourceName, ResourceReport> reports, List<Problem> problems) {
  public ValidationReport {
    reports = Collections.unmodifiableMap(new LinkedHashMap<>(reports));
    problems = List.copyOf(problems);
  }

  /** Whether there is no error anywhere. */
  public boolean valid() {
    for (Problem problem : problems) {
      if (problem.isError()) {
        return false;
      }
    }
    return true;
  }
}
