package dev.millrace.engine.schema.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.schema.CompiledSchema;
import dev.millrace.engine.schema.InvalidSchemaException;
import dev.millrace.engine.schema.SchemaView;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;
import tools.jackson.databind.JsonNode;

/**
 * The two laws of the proof, on made-up schemas: what is proved never fails, and what is refuted
 * has a witness.
 */
class SubschemaProverProperties {
  private static final int VALUES = 150;

  @Property(
      tries = 4000,
      seed = "20261123",
      edgeCases = EdgeCasesMode.NONE,
      shrinking = ShrinkingMode.OFF)
  void whatIsProvedNeverFailsAndWhatIsRefutedHasAWitness(@ForAll long seed)
      throws InvalidSchemaException {
    RandomSchemas schemas = new RandomSchemas(seed);
    JsonNode sub = schemas.document(2);
    JsonNode sup = seed % 3 == 0 ? schemas.document(2) : schemas.mutated(sub);
    CompiledSchema first = compiled(sub);
    CompiledSchema second = compiled(sup);
    if (first == null || second == null) {
      return;
    }

    Proof proof = SubschemaProver.prove(SchemaView.of(sub), SchemaView.of(sup));

    Statistics.label("verdict").collect(proof.getClass().getSimpleName());
    if (proof instanceof Proof.Refuted refuted) {
      assertThat(first.accepts(refuted.witness())).as("%s in %s", refuted.witness(), sub).isTrue();
      assertThat(second.accepts(refuted.witness()))
          .as("%s in %s", refuted.witness(), sup)
          .isFalse();
    }
    for (JsonNode value : values(schemas, sub)) {
      if (first.accepts(value) && !second.accepts(value)) {
        assertThat(proof)
            .as("%s is valid under %s and not under %s", value, sub, sup)
            .isNotInstanceOf(Proof.Proved.class);
      }
    }
  }

  @Property(
      tries = 4000,
      seed = "20261124",
      edgeCases = EdgeCasesMode.NONE,
      shrinking = ShrinkingMode.OFF)
  void theEvaluatorJudgesAsTheValidatorDoes(@ForAll long seed) throws InvalidSchemaException {
    RandomSchemas schemas = new RandomSchemas(seed);
    JsonNode schema = schemas.document(2);
    CompiledSchema validator = compiled(schema);
    if (validator == null) {
      return;
    }
    Evaluator evaluator = new Evaluator(new Budget(Long.MAX_VALUE));

    for (int i = 0; i < 30; i++) {
      JsonNode value = schemas.value(2);
      assertThat(evaluator.accepts(SchemaView.of(schema), value))
          .as("%s under %s", value, schema)
          .isEqualTo(validator.accepts(value));
    }
  }

  /** Random values, and values that the search finds for the schema alone. */
  private static List<JsonNode> values(RandomSchemas schemas, JsonNode schema) {
    List<JsonNode> values = new ArrayList<>();
    for (int i = 0; i < VALUES; i++) {
      values.add(schemas.value(2));
    }
    Search search = new Search(new Budget(100_000));
    Goal goal = Goal.of(List.of(SchemaView.of(schema)), List.of());
    try {
      for (int i = 0; i < 5; i++) {
        Outcome outcome = search.find(goal.differingFrom(values));
        if (!outcome.isWitness()) {
          break;
        }
        values.add(outcome.value());
      }
    } catch (Budget.Spent spent) {
      return values;
    }
    return values;
  }

  /** Null for schemas that are refused, such as those that refer in circles. */
  private static CompiledSchema compiled(JsonNode schema) {
    try {
      return CompiledSchema.compile(schema);
    } catch (InvalidSchemaException refused) {
      Statistics.label("refused").collect(refused.problems().get(0).message());
      return null;
    }
  }
}
