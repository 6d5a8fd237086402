package dev.millrace.engine.definition;

/** What a task yields: the answer's body, or status, headers and body together. */
public enum ResponseMode {
  BODY,
  FULL
}
