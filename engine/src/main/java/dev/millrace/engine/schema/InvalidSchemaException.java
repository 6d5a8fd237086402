package dev.millrace.engine.schema;

import java.util.List;

/**
 * Says that a schema cannot be used, with every problem at once; thrown by {@link
 * CompiledSchema#compile} on the caller's thread.
 */
public final class InvalidSchemaException extends Exception {
  private final transient List<SchemaProblem> problems;

  public InvalidSchemaException(List<SchemaProblem> problems) {
    super(describe(problems));
    this.problems = List.copyOf(problems);
  }

  /** Every problem, in document order; never empty. */
  public List<SchemaProblem> problems() {
    return problems;
  }

  private static String describe(List<SchemaProblem> problems) {
    SchemaProblem first = problems.get(0);
    String place = first.path().isEmpty() ? "the schema" : first.path();
    String rest = problems.size() == 1 ? "" : " (and " + (problems.size() - 1) + " more)";
    return place + ": " + first.message() + rest;
  }
}
