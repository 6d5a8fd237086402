package dev.millrace.app.settings;

import java.util.List;
import java.util.Objects;

/**
 * The settings with where each came from, for the log; immutable, usable on any thread.
 *
 * @param warnings what was given and is not known, where that is no error
 */
public record EffectiveSettings(Settings settings, List<Entry> entries, List<String> warnings) {

  static final String DEFAULT = "default";

  public EffectiveSettings {
    Objects.requireNonNull(settings);
    entries = List.copyOf(entries);
    warnings = List.copyOf(warnings);
  }

  /** Whether somebody gave the setting, as opposed to its default. */
  public boolean isChosen(String name) {
    for (Entry entry : entries) {
      if (entry.name().equals(name)) {
        return !entry.origin().equals(DEFAULT);
      }
    }
    return false;
  }

  /**
   * One setting as it took effect.
   *
   * @param shown its text, with secrets masked
   * @param origin {@code default}, the file, the variable or the flag
   */
  public record Entry(String name, String shown, String origin) {}
}
