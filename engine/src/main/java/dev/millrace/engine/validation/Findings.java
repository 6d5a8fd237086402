package dev.millrace.engine.validation;

import dev.millrace.engine.definition.Resource;
import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.problem.ProblemCode;
import dev.millrace.engine.problem.Severity;
import dev.millrace.engine.problem.SourcePosition;
import dev.millrace.engine.text.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Gathers what is found for one resource; owned by that resource's validation, on its thread.
 *
 * <p>Where reading already reported an error, nothing more is said about the very same place: the
 * record behind it holds a stand-in there, not what the author wrote.
 */
final class Findings {
  /** How far the gathering had come. */
  record Mark(int problems, int edges) {}

  private static final int MOST_NAMES_SOUGHT = 100;
  private static final int MOST_PROBLEMS = 500;

  private final Resource resource;
  private final String name;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Edge> edges = new ArrayList<>();
  private final Set<String> misread = new HashSet<>();
  private int namesSought;

  Findings(Resource resource, List<Problem> readProblems) {
    this.resource = resource;
    this.name = resource.name().toString();
    for (Problem problem : readProblems) {
      problems.add(problem);
      if (problem.isError()) {
        misread.add(problem.path());
      }
    }
  }

  Resource resource() {
    return resource;
  }

  /** Whether reading reported an error at this very place. */
  boolean misread(String path) {
    return misread.contains(path);
  }

  void error(ProblemCode code, String path, String message, String suggestion) {
    add(code, Severity.ERROR, path, resource.source().position(path), message, suggestion);
  }

  /** An error about the name of a member, not about its value. */
  void errorAtName(ProblemCode code, String path, String message, String suggestion) {
    SourcePosition position = resource.source().keyPosition(path);
    add(code, Severity.ERROR, path, position, message, suggestion);
  }

  void warning(ProblemCode code, String path, String message, String suggestion) {
    add(code, Severity.WARNING, path, resource.source().position(path), message, suggestion);
  }

  void edge(String from, String to, Verdict verdict, JsonNode witness) {
    edges.add(new Edge(resource.name(), from, to, verdict, witness));
  }

  Mark mark() {
    return new Mark(problems.size(), edges.size());
  }

  boolean hasErrorsSince(Mark mark) {
    for (int i = mark.problems(); i < problems.size(); i++) {
      if (problems.get(i).isError()) {
        return true;
      }
    }
    return false;
  }

  boolean hasErrors() {
    return hasErrorsSince(new Mark(0, 0));
  }

  int countErrors() {
    int count = 0;
    for (Problem problem : problems) {
      count += problem.isError() ? 1 : 0;
    }
    return count;
  }

  /** The code and place of an error, for messages elsewhere; null where there is none. */
  String firstErrorOrNull() {
    for (Problem problem : problems) {
      if (problem.isError()) {
        return problem.code() + " at " + problem.path();
      }
    }
    return null;
  }

  /**
   * The known name nearest to a wrong one, or null. Only so many are looked for, because the search
   * compares with every known name.
   */
  String nearest(String name, Collection<String> known) {
    return namesSought++ < MOST_NAMES_SOUGHT ? NearestName.of(name, known) : null;
  }

  /** Takes back the doubts since the mark, because a wider proof has covered them. */
  void settle(Mark mark) {
    problems
        .subList(mark.problems(), problems.size())
        .removeIf(problem -> problem.code() == ProblemCode.UnprovedType);
    for (int i = mark.edges(); i < edges.size(); i++) {
      Edge edge = edges.get(i);
      if (edge.verdict() == Verdict.UNPROVED) {
        edges.set(i, new Edge(edge.resource(), edge.from(), edge.to(), Verdict.PROVED, null));
      }
    }
  }

  /** Everything gathered, in document order. */
  ResourceReport report(JsonNode outputSchema) {
    DocumentOrder order = new DocumentOrder(resource.document());
    return new ResourceReport(
        resource,
        order.sorted(problems, Problem::path),
        order.sorted(edges, Edge::to),
        outputSchema);
  }

  /** Replaces the verdicts since the mark: what they were reached for does not hold. */
  void judgeAgain(Mark mark, Verdict verdict, JsonNode witness) {
    for (int i = mark.edges(); i < edges.size(); i++) {
      Edge edge = edges.get(i);
      edges.set(i, new Edge(edge.resource(), edge.from(), edge.to(), verdict, witness));
    }
  }

  private void add(
      ProblemCode code,
      Severity severity,
      String path,
      SourcePosition position,
      String message,
      String suggestion) {
    if (!misread.contains(path) && problems.size() < MOST_PROBLEMS) {
      problems.add(new Problem(code, severity, name, path, position, message, suggestion));
    }
  }
}
