package dev.millrace.engine.journal;

import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * One definition of a plan, as it was.
 *
 * @param versionHash of its spec
 * @param document the whole document, enough to compile it again
 */
public record PinnedDefinition(String name, String versionHash, JsonNode document) {
  public PinnedDefinition {
    Objects.requireNonNull(name);
    Objects.requireNonNull(versionHash);
    Objects.requireNonNull(document);
  }
}
