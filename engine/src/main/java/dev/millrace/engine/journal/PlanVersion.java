package dev.millrace.engine.journal;

import dev.millrace.engine.plan.PlanHash;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * All definitions that an execution runs by: the workflow and the tasks it uses. An execution that
 * is continued later, or elsewhere, is continued by these.
 *
 * @param hash names the content: of the hash of the workflow and those of the tasks, by name
 * @param tasks by name
 */
public record PlanVersion(
    String hash, String namespace, PinnedDefinition workflow, List<PinnedDefinition> tasks) {
  public PlanVersion {
    Objects.requireNonNull(hash);
    Objects.requireNonNull(namespace);
    Objects.requireNonNull(workflow);
    tasks = List.copyOf(tasks);
  }

  /** The plan of a workflow and the tasks it uses, in any order. */
  public static PlanVersion of(
      String namespace, PinnedDefinition workflow, Collection<PinnedDefinition> tasks) {
    List<PinnedDefinition> byName =
        tasks.stream().sorted(Comparator.comparing(PinnedDefinition::name)).toList();
    Map<String, String> hashes = new HashMap<>();
    for (PinnedDefinition task : byName) {
      hashes.put(task.name(), task.versionHash());
    }
    String hash = PlanHash.of(namespace, workflow.name(), workflow.versionHash(), hashes);
    return new PlanVersion(hash, namespace, workflow, byName);
  }
}
