package dev.millrace.engine.schema;

import com.networknt.schema.Error;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.ValidationLimitExceededException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * A JSON Schema 2020-12 that was checked and compiled once; owned by the definition it came from,
 * immutable and used by all threads.
 *
 * <p>{@code format} is asserted, references stay inside the document, patterns take linear time.
 */
public final class CompiledSchema {
  private final JsonNode source;
  private final QuickMatch quickMatch;
  private final Schema schema;

  private CompiledSchema(JsonNode source, Schema schema) {
    this.source = source;
    this.quickMatch = QuickMatchCompiler.compile(source);
    this.schema = schema;
  }

  /**
   * Checks and compiles a schema.
   *
   * @throws InvalidSchemaException with every problem at once
   */
  public static CompiledSchema compile(JsonNode schema) throws InvalidSchemaException {
    Objects.requireNonNull(schema);
    List<SchemaProblem> problems = new SchemaChecker(schema).check();
    if (problems.isEmpty()) {
      problems = ValidatorRegistry.problemsByMetaSchema(schema);
    }
    if (!problems.isEmpty()) {
      throw new InvalidSchemaException(problems);
    }
    try {
      return new CompiledSchema(schema, ValidatorRegistry.compile(schema));
    } catch (SchemaException refused) {
      throw new InvalidSchemaException(
          List.of(new SchemaProblem("", "the schema cannot be compiled", null)));
    }
  }

  /** The schema as it was given. */
  public JsonNode source() {
    return source;
  }

  /** Whether the instance matches; stops at the first error. */
  public boolean accepts(JsonNode instance) {
    return quickMatch.accepts(instance) || validatorAccepts(instance);
  }

  private boolean validatorAccepts(JsonNode instance) {
    try {
      return schema.validate(ValidatorRegistry.boundedExecution(), instance, OutputFormat.BOOLEAN);
    } catch (ValidationLimitExceededException tooMuch) {
      return false;
    }
  }

  /** Every error of the instance, none when it matches. */
  public List<SchemaError> validate(JsonNode instance) {
    if (accepts(instance)) {
      return List.of();
    }
    List<Error> found;
    try {
      found = schema.validate(ValidatorRegistry.boundedExecution(), instance, OutputFormat.DEFAULT);
    } catch (ValidationLimitExceededException tooMuch) {
      return List.of(
          new SchemaError("", "$schema", "takes too many steps to check against its schema"));
    }
    List<SchemaError> errors = new ArrayList<>(found.size());
    for (Error error : found) {
      errors.add(ErrorMessages.of(error));
    }
    return List.copyOf(errors);
  }
}
