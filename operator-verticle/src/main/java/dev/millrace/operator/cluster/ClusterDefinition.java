package dev.millrace.operator.cluster;

import dev.millrace.engine.catalog.Origin;
import dev.millrace.engine.problem.ResourceName;
import dev.millrace.engine.validation.ReadDefinition;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * A definition with what the cluster keeps beside it; read by {@link ClusterReader}, immutable.
 *
 * @param uid which object it is, of those that have or had this name
 * @param generation counts the changes of its spec
 * @param deleting whether it only waits for its finalizers
 * @param status as it stands there; a missing node where it has none
 */
public record ClusterDefinition(
    ReadDefinition definition,
    Origin origin,
    String uid,
    long generation,
    boolean deleting,
    JsonNode status) {
  /** What an {@link Origin} calls a cluster. */
  static final String SOURCE = "cluster";

  public ClusterDefinition {
    Objects.requireNonNull(definition);
    Objects.requireNonNull(origin);
    Objects.requireNonNull(uid);
    Objects.requireNonNull(status);
  }

  /** Its full name. */
  public ResourceName name() {
    return definition.name();
  }
}
