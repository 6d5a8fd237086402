package dev.millrace.app.settings;

import java.util.Locale;
import java.util.Objects;

/**
 * One setting, declared once: file key, environment variable, flag, help and documentation all come
 * from here. Immutable, usable on any thread.
 *
 * @param name the key in the configuration file, such as {@code http.port}
 * @param defaultText the default as one would write it; null when there is none
 * @param documentation what it does, in one line
 * @param reserved why it cannot be used yet; null when it works
 */
record Setting<T>(
    String name, ValueType<T> type, String defaultText, String documentation, String reserved) {

  Setting {
    Objects.requireNonNull(name);
    Objects.requireNonNull(type);
    Objects.requireNonNull(documentation);
  }

  static <T> Setting<T> of(
      String name, ValueType<T> type, String defaultText, String documentation) {
    return new Setting<>(name, type, defaultText, documentation, null);
  }

  static <T> Setting<T> reserved(
      String name, ValueType<T> type, String documentation, String reserved) {
    return new Setting<>(name, type, null, documentation, reserved);
  }

  boolean isReserved() {
    return reserved != null;
  }

  /** The environment variable: {@code http.port} gives {@code MILLRACE_HTTP_PORT}. */
  String environment() {
    return "MILLRACE_" + words('_').toUpperCase(Locale.ROOT);
  }

  /** The flag: {@code http.port} gives {@code --http-port}. */
  String flag() {
    return "--" + words('-');
  }

  /** A given text as it may be shown in logs and messages. */
  String shown(String text) {
    return type.mask().apply(text);
  }

  private String words(char separator) {
    StringBuilder words = new StringBuilder();
    for (int at = 0; at < name.length(); at++) {
      char letter = name.charAt(at);
      if (letter == '.') {
        words.append(separator);
      } else if (Character.isUpperCase(letter)) {
        words.append(separator).append(Character.toLowerCase(letter));
      } else {
        words.append(letter);
      }
    }
    return words.toString();
  }
}
