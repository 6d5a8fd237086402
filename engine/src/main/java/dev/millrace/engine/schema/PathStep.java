package dev.millrace.engine.schema;

/** One step from a JSON value to a part of it. */
public sealed interface PathStep {
  /** The member of an object. */
  record Name(String name) implements PathStep {}

  /** The element of an array, counted from zero. */
  record Index(int index) implements PathStep {}
}
