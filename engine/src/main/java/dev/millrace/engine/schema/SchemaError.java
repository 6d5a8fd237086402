package dev.millrace.engine.schema;

import java.util.Objects;

/**
 * One way in which an instance does not match a schema; made by {@link CompiledSchema#validate}, an
 * immutable value that never carries a value of the instance.
 *
 * @param path JSON Pointer inside the instance, empty for its root
 * @param keyword the schema keyword that failed
 * @param message what was expected
 */
public record SchemaError(String path, String keyword, String message) {
  public SchemaError {
    Objects.requireNonNull(path);
    Objects.requireNonNull(keyword);
    Objects.requireNonNull(message);
  }
}
