package dev.millrace.engine.template;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with templates; owned by whoever parses them, used on its thread only. */
public final class TemplateErrors {
  private final List<TemplateError> errors = new ArrayList<>();

  void add(TemplateError error) {
    errors.add(error);
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return errors.isEmpty();
  }

  /** All of them, in the order of the text. */
  public List<TemplateError> list() {
    return List.copyOf(errors);
  }
}
