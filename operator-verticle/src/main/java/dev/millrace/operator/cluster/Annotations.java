package dev.millrace.operator.cluster;

import dev.millrace.engine.validation.TaskEvolution;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The annotations that mean something to Millrace; stateless, usable on any thread. */
public final class Annotations {
  /** Why a breaking change is let through. */
  public static final String ALLOW_BREAKING_CHANGE = TaskEvolution.ALLOWED;

  /** Who changed the resource, where its field manager does not say it well. */
  public static final String CHANGED_BY = "millrace.dev/changed-by";

  /** What kubectl keeps for itself: the whole resource once more. */
  static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private Annotations() {}

  /** The text of an annotation; null where there is none, or nothing in it. */
  static String text(Map<String, String> annotations, String name) {
    String text = annotations == null ? null : annotations.get(name);
    return text == null || text.isBlank() ? null : text.strip();
  }

  /** Why a breaking change of a resource is let through; null where it is not. */
  public static String reason(JsonNode resource) {
    String text =
        resource.path("metadata").path("annotations").path(ALLOW_BREAKING_CHANGE).asString("");
    return text.isBlank() ? null : text.strip();
  }
}
