package dev.millrace.engine.schema.proof;

import tools.jackson.databind.JsonNode;

/** What the search for a value came to; an immutable value. */
sealed interface Outcome {
  /** A value was found that meets the goal. */
  record Witness(JsonNode value) implements Outcome {}

  /** It is certain that no value meets the goal. */
  record Empty() implements Outcome {}

  /** Neither is known. */
  record Unknown(String reason) implements Outcome {}

  /** It is certain that there is none. */
  static Outcome empty() {
    return new Empty();
  }

  default boolean isEmpty() {
    return this instanceof Empty;
  }

  default boolean isWitness() {
    return this instanceof Witness;
  }

  /** The value found, or null. */
  default JsonNode value() {
    return this instanceof Witness witness ? witness.value() : null;
  }

  /** Which of two ways to meet one goal says more: a witness, else doubt, else nothing. */
  default Outcome or(Outcome other) {
    if (isWitness() || (!isEmpty() && !other.isWitness())) {
      return this;
    }
    return other;
  }
}
