package dev.millrace.engine.problem;

import java.util.Objects;

/**
 * A place in a definition file.
 *
 * @param file the name under which the text was read
 * @param line counted from one
 * @param column counted from one, in characters
 */
public record SourcePosition(String file, int line, int column) {
  public SourcePosition {
    Objects.requireNonNull(file);
  }

  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
