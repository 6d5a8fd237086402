package dev.millrace.engine.schema.proof;

import dev.millrace.engine.schema.CompiledSchema;
import dev.millrace.engine.schema.InvalidSchemaException;
import dev.millrace.engine.schema.SchemaView;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Finds out whether every value of one schema is valid under another one; stateless, used when
 * definitions are validated, on any thread.
 *
 * <p>It looks for a value of the first that the second rejects. Certainty that there is none is the
 * proof. A value that is found is judged by the validator before it is returned, so a refutation
 * never rests on this package's own understanding of JSON Schema. docs/proof.md explains how.
 */
public final class SubschemaProver {
  /** What one proof may cost; everyday pairs take a few hundred steps. */
  private static final long STEPS = 200_000;

  private SubschemaProver() {}

  /** Is every value that is valid under {@code sub} also valid under {@code sup}? */
  public static Proof prove(SchemaView sub, SchemaView sup) {
    return prove(sub, sup, STEPS);
  }

  static Proof prove(SchemaView sub, SchemaView sup, long steps) {
    Outcome outcome;
    try {
      outcome = new Search(new Budget(steps)).find(Goal.of(List.of(sub), List.of(sup)));
    } catch (Budget.Spent | StackOverflowError spent) {
      return new Proof.Unproved("the schemas are too complex to compare");
    } catch (IllegalArgumentException unchecked) {
      return new Proof.Unproved("a schema is not valid");
    }
    if (outcome instanceof Outcome.Unknown unknown) {
      return new Proof.Unproved(unknown.reason());
    }
    return outcome.isEmpty() ? new Proof.Proved() : refuted(sub, sup, outcome.value());
  }

  private static Proof refuted(SchemaView sub, SchemaView sup, JsonNode witness) {
    try {
      CompiledSchema first = CompiledSchema.compile(sub.standalone());
      CompiledSchema second = CompiledSchema.compile(sup.standalone());
      if (first.accepts(witness) && !second.accepts(witness)) {
        return new Proof.Refuted(witness, WitnessReason.of(witness, second.validate(witness)));
      }
    } catch (InvalidSchemaException refused) {
      return new Proof.Unproved("a schema is not valid: " + refused.getMessage());
    }
    return new Proof.Unproved("the validator judges the example otherwise");
  }
}
