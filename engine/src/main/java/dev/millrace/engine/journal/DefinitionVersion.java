package dev.millrace.engine.journal;

import dev.millrace.engine.problem.ResourceName;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * One version of a definition.
 *
 * @param document the canonical document
 * @param actor who made it; null where that is not known
 * @param at since when, epoch microseconds
 */
public record DefinitionVersion(
    ResourceName name,
    String versionHash,
    JsonNode document,
    String actor,
    String source,
    long at) {
  public DefinitionVersion {
    Objects.requireNonNull(name);
    Objects.requireNonNull(versionHash);
    Objects.requireNonNull(document);
    Objects.requireNonNull(source);
  }
}
