package dev.millrace.engine.catalog;

import dev.millrace.engine.definition.Resource;
import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.problem.ProblemCode;
import dev.millrace.engine.problem.ResourceName;
import dev.millrace.engine.problem.Severity;
import dev.millrace.engine.validation.ResourceReport;
import dev.millrace.engine.validation.ResourceSet;
import dev.millrace.engine.validation.ValidationReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Stands in for the real validator, so that the catalog's tests do not depend on its rules: keeps
 * the problems of reading, and finds fault with every resource that is described as broken.
 */
final class SimpleValidator {
  private SimpleValidator() {}

  static ValidationReport validate(ResourceSet set) {
    Map<ResourceName, ResourceReport> reports = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>(set.readProblems());
    for (Resource resource : set.resources()) {
      List<Problem> own = new ArrayList<>();
      for (Problem problem : set.readProblems()) {
        if (problem.resource().equals(resource.name().toString())) {
          own.add(problem);
        }
      }
      if (resource.description().equals("broken")) {
        Problem broken =
            new Problem(
                ProblemCode.TypeMismatch,
                Severity.ERROR,
                resource.name().toString(),
                "/spec",
                null,
                "broken",
                null);
        own.add(broken);
        problems.add(broken);
      }
      reports.put(resource.name(), new ResourceReport(resource, own, List.of(), null));
    }
    return new ValidationReport(reports, problems);
  }
}
