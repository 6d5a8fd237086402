package dev.millrace.engine.validation;

import dev.millrace.engine.schema.CompiledSchema;
import dev.millrace.engine.schema.InvalidSchemaException;
import dev.millrace.engine.schema.SchemaError;
import dev.millrace.engine.schema.SchemaProblem;
import dev.millrace.engine.schema.SchemaView;
import dev.millrace.engine.schema.proof.Proof;
import dev.millrace.engine.schema.proof.SubschemaProver;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The schemas of one validation, each compiled once, and the proofs between them, each made once;
 * owned by the {@link SetValidation}, on its thread.
 */
final class Schemas {
  /**
   * A schema that was tried.
   *
   * @param view null where it has problems
   */
  record Compiled(SchemaView view, List<SchemaProblem> problems) {}

  private final IdentityHashMap<JsonNode, Compiled> documents = new IdentityHashMap<>();
  private final IdentityHashMap<JsonNode, CompiledSchema> places = new IdentityHashMap<>();
  private final IdentityHashMap<JsonNode, SchemaView> nonNull = new IdentityHashMap<>();
  private final Map<Pair, Proof> proofs = new HashMap<>();

  /** A whole schema document of a resource. */
  Compiled document(JsonNode schema) {
    return documents.computeIfAbsent(schema, this::compile);
  }

  private Compiled compile(JsonNode schema) {
    try {
      places.put(schema, CompiledSchema.compile(schema));
      return new Compiled(SchemaView.of(schema), List.of());
    } catch (InvalidSchemaException invalid) {
      return new Compiled(null, invalid.problems());
    }
  }

  /** Is every value of {@code source} accepted by {@code target}? */
  Proof prove(SchemaView source, SchemaView target) {
    return proofs.computeIfAbsent(
        new Pair(source.node(), target.node()), pair -> SubschemaProver.prove(source, target));
  }

  /** What a place admits besides null. */
  SchemaView nonNull(SchemaView place) {
    return nonNull.computeIfAbsent(place.node(), node -> NonNull.of(place));
  }

  /** What a place of a valid schema says against a value, empty when it accepts it. */
  List<SchemaError> errors(SchemaView place, JsonNode value) {
    return compiled(place).validate(value);
  }

  /** Whether a place of a valid schema accepts a value. */
  boolean accepts(SchemaView place, JsonNode value) {
    return compiled(place).accepts(value);
  }

  private CompiledSchema compiled(SchemaView place) {
    return places.computeIfAbsent(place.node(), node -> compiledStandalone(place));
  }

  private static CompiledSchema compiledStandalone(SchemaView place) {
    try {
      return CompiledSchema.compile(place.standalone());
    } catch (InvalidSchemaException impossible) {
      throw new IllegalStateException("a part of a valid schema does not compile", impossible);
    }
  }

  /** Two schema nodes, told apart by identity: equal texts may refer to different definitions. */
  private record Pair(JsonNode source, JsonNode target) {
    @Override
    @SuppressWarnings("ReferenceEquality") // identity is what this record is for
    public boolean equals(Object other) {
      return other instanceof Pair pair && pair.source == source && pair.target == target;
    }

    @Override
    public int hashCode() {
      return 31 * System.identityHashCode(source) + System.identityHashCode(target);
    }
  }
}
