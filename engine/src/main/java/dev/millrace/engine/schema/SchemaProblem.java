package dev.millrace.engine.schema;

import java.util.Objects;

/**
 * One thing that is wrong with a schema; made by {@link CompiledSchema#compile}, an immutable
 * value.
 *
 * @param path JSON Pointer inside the schema, empty for its root
 * @param message what is wrong
 * @param suggestion what to do instead, or null when there is nothing better to say
 */
public record SchemaProblem(String path, String message, String suggestion) {
  public SchemaProblem {
    Objects.requireNonNull(path);
    Objects.requireNonNull(message);
  }
}
