package dev.millrace.app.command;

/** How {@code validate} prints; the constants are what the user writes. */
enum ReportFormat {
  text,
  json,
  junit
}
