package dev.millrace.app.settings;

/** How log lines are written. */
public enum LogFormat {
  TEXT,
  JSON
}
