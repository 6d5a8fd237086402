package dev.millrace.operator.cluster;

import dev.millrace.engine.problem.ResourceName;
import java.util.Objects;

/**
 * What an informer saw of one resource; an immutable value.
 *
 * @param before null when it was not there
 * @param after null when it is gone
 */
public record ClusterChange(ResourceName name, ClusterDefinition before, ClusterDefinition after) {
  public ClusterChange {
    Objects.requireNonNull(name);
  }

  /** Whether the definition itself is another one: what the status says does not count. */
  @SuppressWarnings("ReferenceEquality") // an unchanged definition is kept, see ClusterReader
  public boolean ofDefinition() {
    return before == null
        || after == null
        || before.definition() != after.definition()
        || before.deleting() != after.deleting();
  }
}
