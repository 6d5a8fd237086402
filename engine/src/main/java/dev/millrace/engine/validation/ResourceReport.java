package dev.millrace.engine.validation;

import dev.millrace.engine.definition.Resource;
import dev.millrace.engine.problem.Problem;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What validation found for one resource.
 *
 * @param problems errors and warnings in document order, those of reading included
 * @param edges every template edge with its verdict, in document order
 * @param outputSchema of a workflow: the declared schema, or the one inferred from its mapping;
 *     null for tasks
 */
public record ResourceReport(
    Resource resource, List<Problem> problems, List<Edge> edges, JsonNode outputSchema) {
  public ResourceReport {
    problems = List.copyOf(problems);
    edges = List.copyOf(edges);
  }

  /** Whether the resource can be served: it has no errors. */
  public boolean valid() {
    for (Problem problem : problems) {
      if (problem.isError()) {
        return false;
      }
    }
    return true;
  }

  /** Whether every edge into the place at or below a JSON Pointer is proved. */
  public boolean proved(String pointer) {
    for (Edge edge : edges) {
      boolean below = edge.to().equals(pointer) || edge.to().startsWith(pointer + "/");
      if (below && edge.verdict() != Verdict.PROVED) {
        return false;
      }
    }
    return true;
  }
}
