package dev.millrace.engine.schema;

import java.util.Objects;

/** One step of a template path after its start; made by the template parser, an immutable value. */
public sealed interface PathStep {

  /** A step to the member of an object. */
  record Name(String name) implements PathStep {
    public Name {
      Objects.requireNonNull(name);
    }
  }

  /** A step to the element of an array, counted from zero. */
  record Index(int index) implements PathStep {
    public Index {
      if (index < 0) {
        throw new IllegalArgumentException("an index may not be negative: " + index);
      }
    }
  }
}
