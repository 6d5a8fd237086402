package dev.millrace.engine.plan;

import dev.millrace.engine.json.VersionHash;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Names a plan by its content: the workflow's definition and those of the tasks that it calls;
 * pure, usable on any thread.
 */
public final class PlanHash {
  private PlanHash() {}

  /**
   * The hash of a plan.
   *
   * @param workflowHash version hash of the workflow's spec
   * @param taskHashes version hashes of the WorkflowTasks that it calls, by name
   */
  public static String of(
      String namespace, String workflow, String workflowHash, Map<String, String> taskHashes) {
    ObjectNode content = JsonNodeFactory.instance.objectNode();
    content.put("namespace", namespace);
    content.put("name", workflow);
    content.put("workflow", workflowHash);
    ObjectNode hashes = content.putObject("tasks");
    new TreeMap<>(taskHashes).forEach(hashes::put);
    return VersionHash.of(content);
  }
}
