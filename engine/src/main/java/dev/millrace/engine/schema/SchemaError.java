package dev.millrace.engine.schema;

import java.util.Objects;

/**
 * One way in which an instance breaks its schema.
 *
 * @param path JSON Pointer of the offending place in the instance; empty for the root
 * @param keyword the schema keyword that failed
 * @param message what was expected, without the instance's own value
 */
public record SchemaError(String path, String keyword, String message) {
  public SchemaError {
    Objects.requireNonNull(path);
    Objects.requireNonNull(keyword);
    Objects.requireNonNull(message);
  }
}
