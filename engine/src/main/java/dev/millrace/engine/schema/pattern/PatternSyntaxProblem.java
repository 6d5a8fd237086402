package dev.millrace.engine.schema.pattern;

/** Says why a pattern cannot be used; thrown by {@link EcmaPattern#parse}. */
public final class PatternSyntaxProblem extends Exception {
  public PatternSyntaxProblem(String message) {
    super(message);
  }
}
