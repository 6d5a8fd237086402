package dev.millrace.app.settings;

import java.util.List;

/** Settings that cannot be used: every one of them at once, each message with its name. */
public final class SettingsException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  SettingsException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, one text for each. */
  public List<String> problems() {
    return problems;
  }
}
