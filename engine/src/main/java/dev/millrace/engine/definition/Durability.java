package dev.millrace.engine.definition;

/** What survives a crash; see docs/concepts.md. */
public enum Durability {
  Durable,
  Buffered,
  None
}
