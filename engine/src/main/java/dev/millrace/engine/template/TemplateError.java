package dev.millrace.engine.template;

import java.util.Objects;

/**
 * What is wrong with a template.
 *
 * @param pointer JSON Pointer of the string, below the value that was parsed; empty for itself
 * @param offset where in the string, counted from zero in UTF-16 units
 * @param message what is wrong, for people
 * @param suggestion how to mend it; null where there is nothing sensible to say
 */
public record TemplateError(String pointer, int offset, String message, String suggestion) {
  public TemplateError {
    Objects.requireNonNull(pointer);
    Objects.requireNonNull(message);
  }
}
