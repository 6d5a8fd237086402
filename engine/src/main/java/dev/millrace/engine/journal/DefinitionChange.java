package dev.millrace.engine.journal;

import dev.millrace.engine.problem.ResourceName;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * How a definition stands now, as somebody saw it; whether that is a change is for the {@link
 * DefinitionLog} to say.
 *
 * @param versionHash of the spec; null when the definition is gone
 * @param document the canonical document; null when the definition is gone
 * @param actor who changed it; null where that is not known
 * @param source where it came from, for example {@code directory} or {@code cluster}
 * @param at epoch microseconds
 * @param reason why a breaking change was let through; null where nobody said
 */
public record DefinitionChange(
    ResourceName name,
    String versionHash,
    JsonNode document,
    String actor,
    String source,
    long at,
    String reason) {
  public DefinitionChange {
    Objects.requireNonNull(name);
    Objects.requireNonNull(source);
    if ((versionHash == null) != (document == null)) {
      throw new IllegalArgumentException("a version has both a hash and a document");
    }
  }

  /** Without a reason. */
  public DefinitionChange(
      ResourceName name,
      String versionHash,
      JsonNode document,
      String actor,
      String source,
      long at) {
    this(name, versionHash, document, actor, source, at, null);
  }

  /** The same change, with the reason that somebody gave. */
  public DefinitionChange because(String given) {
    return new DefinitionChange(name, versionHash, document, actor, source, at, given);
  }

  /** The definition exists, with this content. */
  public static DefinitionChange saved(
      ResourceName name,
      String versionHash,
      JsonNode document,
      String actor,
      String source,
      long at) {
    Objects.requireNonNull(versionHash);
    return new DefinitionChange(name, versionHash, document, actor, source, at);
  }

  /** The definition is gone. */
  public static DefinitionChange deleted(ResourceName name, String actor, String source, long at) {
    return new DefinitionChange(name, null, null, actor, source, at);
  }
}
