package dev.millrace.engine.journal;

import dev.millrace.engine.json.VersionHash;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

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
    ObjectNode content = JsonNodeFactory.instance.objectNode();
    content.put("namespace", namespace);
    content.put("name", workflow.name());
    content.put("workflow", workflow.versionHash());
    ObjectNode hashes = content.putObject("tasks");
    for (PinnedDefinition task : byName) {
      hashes.put(task.name(), task.versionHash());
    }
    return new PlanVersion(VersionHash.of(content), namespace, workflow, byName);
  }
}
