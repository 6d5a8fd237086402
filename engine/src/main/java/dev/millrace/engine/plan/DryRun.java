package dev.millrace.engine.plan;

import dev.millrace.engine.definition.Workflow;
import dev.millrace.engine.task.CompiledTask;
import dev.millrace.engine.validation.ResourceReport;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells what an execution would do, without calling anything: the answer of {@code test}. Works
 * from the definition, so that it also answers for a workflow that is not ready. Pure, usable on
 * any thread.
 */
public final class DryRun {
  private DryRun() {}

  /**
   * Plans an execution.
   *
   * @param report what validation found for the workflow
   * @param tasks the compiled WorkflowTasks of its namespace by name; null for those that are not
   *     ready
   * @param input of the execution, also one that does not match
   */
  public static ObjectNode of(
      Workflow workflow,
      ResourceReport report,
      Function<String, CompiledTask> tasks,
      JsonNode input,
      Estimates estimates) {
    throw new UnsupportedOperationException();
  }
}
