package dev.millrace.engine.template;

/** A part of a string that holds templates. */
public sealed interface TextPart {
  /** Text that stands as it is. */
  record Literal(String text) implements TextPart {}

  /** A value that is put into the text. */
  record Hole(Expression expression) implements TextPart {}
}
