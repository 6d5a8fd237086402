package dev.millrace.operator.webhook;

import dev.millrace.engine.problem.ResourceName;
import dev.millrace.engine.validation.ReadDefinition;
import java.util.List;
import java.util.Map;

/** Reads definitions past the informers' caches; blocks, so for worker threads only. */
@FunctionalInterface
public interface LiveDefinitions {
  /** One that knows no more than the caches. */
  LiveDefinitions NONE = names -> Map.of();

  /**
   * Each of these definitions as it is now, or null where it is gone; one that is left out could
   * not be read.
   */
  Map<ResourceName, ReadDefinition> read(List<ResourceName> names);
}
