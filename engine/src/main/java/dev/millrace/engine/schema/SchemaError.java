package dev.millrace.engine.schema;

import java.util.Objects;

/**
<<<<<<< HEAD
 * One way in which an instance breaks its schema.
 *
 * @param path JSON Pointer of the offending place in the instance; empty for the root
 * @param keyword the schema keyword that failed
 * @param message what was expected, without the instance's own value
=======
 * One way in which an instance does not match a schema; made by {@link CompiledSchema#validate}, an
 * immutable value that never carries a value of the instance.
 *
 * @param path JSON Pointer inside the instance, empty for its root
 * @param keyword the schema keyword that failed
 * @param message what was expected
>>>>>>> prover
 */
public record SchemaError(String path, String keyword, String message) {
  public SchemaError {
    Objects.requireNonNull(path);
    Objects.requireNonNull(keyword);
    Objects.requireNonNull(message);
  }
}
