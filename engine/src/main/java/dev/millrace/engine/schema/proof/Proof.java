package dev.millrace.engine.schema.proof;

import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** The verdict on a pair of schemas; made by {@link SubschemaProver}, an immutable value. */
public sealed interface Proof {

  /** Every value of the first schema is valid under the second one. */
  record Proved() implements Proof {}

  /**
   * Not every value is.
   *
   * @param witness a value that the validator accepts under the first and rejects under the second
   * @param reason what happens with it, for people
   */
  record Refuted(JsonNode witness, String reason) implements Proof {
    public Refuted {
      Objects.requireNonNull(witness);
      Objects.requireNonNull(reason);
    }
  }

  /**
   * It was not found out.
   *
   * @param reason what stood in the way, for people
   */
  record Unproved(String reason) implements Proof {
    public Unproved {
      Objects.requireNonNull(reason);
    }
  }
}
