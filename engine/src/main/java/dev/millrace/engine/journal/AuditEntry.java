package dev.millrace.engine.journal;

import dev.millrace.engine.problem.ResourceName;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * One change of a definition: who did what, and when.
 *
 * @param versionHash after the change; null when it was deleted
 * @param previousHash before the change; null when there was nothing
 * @param actor null where that is not known
 * @param at epoch microseconds
 * @param reason why a breaking change was let through; null where nobody said
 * @param previous the document before the change; null when there was nothing
 * @param document the document after it; null when it was deleted
 */
public record AuditEntry(
    ResourceName name,
    DefinitionAction action,
    String versionHash,
    String previousHash,
    String actor,
    String source,
    long at,
    String reason,
    JsonNode previous,
    JsonNode document) {
  public AuditEntry {
    Objects.requireNonNull(name);
    Objects.requireNonNull(action);
    Objects.requireNonNull(source);
  }

  /** From the previous document to this one, in unified form; not cheap for large documents. */
  public String diff() {
    return DefinitionDiff.between(previous, document);
  }

  /**
   * The entry of a change.
   *
   * @param previousHash null when there was nothing before
   * @param previous the document before, null when there was nothing
   */
  public static AuditEntry of(
      DefinitionChange change, DefinitionAction action, String previousHash, JsonNode previous) {
    return new AuditEntry(
        change.name(),
        action,
        change.versionHash(),
        previousHash,
        change.actor(),
        change.source(),
        change.at(),
        change.reason(),
        previous,
        change.document());
  }
}
