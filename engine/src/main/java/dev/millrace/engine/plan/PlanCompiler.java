package dev.millrace.engine.plan;

import dev.millrace.engine.definition.Workflow;
import dev.millrace.engine.task.CompiledTask;
import dev.millrace.engine.validation.ResourceReport;
import java.util.function.Function;

/** Makes plans of valid workflows; pure, usable on any thread. */
public final class PlanCompiler {
  private PlanCompiler() {}

  /**
   * Compiles a workflow.
   *
   * @param report what validation found for the workflow; without errors
   * @param tasks the compiled WorkflowTasks of its namespace, by name
   */
  public static ExecutionPlan compile(
      Workflow workflow, ResourceReport report, Function<String, CompiledTask> tasks) {
    throw new UnsupportedOperationException();
  }
}
