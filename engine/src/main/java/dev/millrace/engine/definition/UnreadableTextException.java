package dev.millrace.engine.definition;

import dev.millrace.engine.problem.SourcePosition;

/** Why the rest of a text cannot be read at all; never leaves this package. */
final class UnreadableTextException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient SourcePosition position;
  private final String suggestion;

  UnreadableTextException(SourcePosition position, String message, String suggestion) {
    super(message, null, false, false);
    this.position = position;
    this.suggestion = suggestion;
  }

  SourcePosition position() {
    return position;
  }

  String suggestion() {
    return suggestion;
  }
}
