package dev.millrace.engine.problem;

import java.util.Objects;

/**
 * One thing that is wrong, or may be wrong, with a definition.
 *
 * @param code what kind of problem it is
 * @param severity whether it keeps the resource from being served
 * @param resource the resource, as {@link ResourceName#toString()}; the file's name when the text
 *     could not be read as a resource at all
 * @param path JSON Pointer into the resource; empty for the whole of it
 * @param position where that stands in its source; null where the resource did not come from a text
 * @param message what is wrong, for people
 * @param suggestion how to mend it; null where there is nothing sensible to say
 */
public record Problem(
    ProblemCode code,
    Severity severity,
    String resource,
    String path,
    SourcePosition position,
    String message,
    String suggestion) {
  public Problem {
    Objects.requireNonNull(code);
    Objects.requireNonNull(severity);
    Objects.requireNonNull(resource);
    Objects.requireNonNull(path);
    Objects.requireNonNull(message);
  }

  /** Whether this problem keeps its resource from being served. */
  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** The page that explains the code. */
  public String docs() {
    return code.docs();
  }
}
