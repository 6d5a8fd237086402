package dev.millrace.engine.validation;

import dev.millrace.engine.definition.Resource;
import dev.millrace.engine.problem.Problem;
import java.util.List;

/**
 * Definitions that are judged together.
 *
 * @param resources in document order
 * @param readProblems what reading them already found
 */
public record ResourceSet(List<Resource> resources, List<Problem> readProblems) {
  public ResourceSet {
    resources = List.copyOf(resources);
    readProblems = List.copyOf(readProblems);
  }
}
