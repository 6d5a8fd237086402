package dev.millrace.engine.definition;

import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.problem.ProblemCode;
import dev.millrace.engine.problem.Severity;
import dev.millrace.engine.problem.SourcePosition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Collects the problems of one resource and finds their positions; owned by whoever reads or
 * validates that resource, and used on its thread only.
 */
public final class Problems {
  /** How many problems one resource may have; hostile texts could make millions. */
  private static final int MAX_PROBLEMS = 1_000;

  private static final Comparator<Problem> BY_POSITION =
      Comparator.comparing(
          Problem::position,
          Comparator.nullsFirst(
              Comparator.comparingInt(SourcePosition::line)
                  .thenComparingInt(SourcePosition::column)));

  private final String resource;
  private final SourceMap source;
  private final List<Problem> problems = new ArrayList<>();

  /**
   * A collector without problems.
   *
   * @param resource as problems name it: {@code Kind/namespace/name}, or a file's name
   */
  public Problems(String resource, SourceMap source) {
    this.resource = resource;
    this.source = source;
  }

  /** The collector of a resource that was read. */
  public static Problems of(Resource resource) {
    return new Problems(resource.name().toString(), resource.source());
  }

  /**
   * Adds an error at the value of a pointer.
   *
   * @param suggestion how to mend it; null where there is nothing sensible to say
   */
  public void error(ProblemCode code, String pointer, String message, String suggestion) {
    add(code, Severity.ERROR, pointer, source.position(pointer), message, suggestion);
  }

  /** Adds an error at the name of a member, for members that should not be there. */
  public void errorAtKey(ProblemCode code, String pointer, String message, String suggestion) {
    add(code, Severity.ERROR, pointer, source.keyPosition(pointer), message, suggestion);
  }

  /** Adds a warning at the value of a pointer. */
  public void warning(ProblemCode code, String pointer, String message, String suggestion) {
    add(code, Severity.WARNING, pointer, source.position(pointer), message, suggestion);
  }

  /** Adds a problem at a position that the caller knows better; drops it where there are many. */
  public void add(
      ProblemCode code,
      Severity severity,
      String pointer,
      SourcePosition position,
      String message,
      String suggestion) {
    if (problems.size() < MAX_PROBLEMS) {
      problems.add(new Problem(code, severity, resource, pointer, position, message, suggestion));
    }
  }

  /** How many there are so far. */
  public int size() {
    return problems.size();
  }

  /** All of them, by their place in the text; those of one place in the order of adding. */
  public List<Problem> inDocumentOrder() {
    return inDocumentOrder(problems);
  }

  /** Problems of one resource by their place in the text, those without a place first. */
  public static List<Problem> inDocumentOrder(List<Problem> ofOneResource) {
    List<Problem> sorted = new ArrayList<>(ofOneResource);
    sorted.sort(BY_POSITION);
    return List.copyOf(sorted);
  }
}
