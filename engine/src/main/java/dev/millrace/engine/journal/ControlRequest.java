package dev.millrace.engine.journal;

/** What can be asked of the owner of a running execution. */
public enum ControlRequest {
  Pause,
  Cancel
}
