package dev.millrace.engine.definition;

import dev.millrace.engine.problem.Problem;
import java.util.List;

/**
 * What reading texts gave.
 *
 * @param resources every resource that could be recognised, as complete as its text allowed; a
 *     resource whose fields have problems is here too, so that the validator finds the rest of its
 *     problems
 * @param problems every problem of reading, in document order
 */
public record ReadResult(List<Resource> resources, List<Problem> problems) {
  public ReadResult {
    resources = List.copyOf(resources);
    problems = List.copyOf(problems);
  }
}
