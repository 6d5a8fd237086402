package dev.millrace.engine.plan;

import dev.millrace.engine.definition.RetryPolicy;
import dev.millrace.engine.definition.TaskStep;
import dev.millrace.engine.definition.Workflow;
import dev.millrace.engine.schema.CompiledSchema;
import dev.millrace.engine.schema.InvalidSchemaException;
import dev.millrace.engine.task.CompiledTask;
import dev.millrace.engine.template.BoundTemplate;
import dev.millrace.engine.template.TemplateErrors;
import dev.millrace.engine.template.TemplateParser;
import dev.millrace.engine.validation.ResourceReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import tools.jackson.databind.JsonNode;

/** Makes plans of valid workflows; pure, usable on any thread. */
public final class PlanCompiler {
  private PlanCompiler() {}

  /**
   * Compiles a workflow.
   *
   * @param report what validation found for the workflow; without errors
   * @param tasks the compiled WorkflowTasks of its namespace, by name
   * @throws IllegalArgumentException where the workflow is not valid, which the validator finds
   *     before
   */
  public static ExecutionPlan compile(
      Workflow workflow, ResourceReport report, Function<String, CompiledTask> tasks) {
    WorkflowGraph graph = WorkflowGraph.of(workflow);
    ToIntFunction<String> slots = graph::slot;
    List<PlannedTask> planned = new ArrayList<>(workflow.tasks().size());
    for (int slot = 0; slot < workflow.tasks().size(); slot++) {
      TaskStep step = workflow.tasks().get(slot);
      CompiledTask task = tasks.apply(step.taskRef());
      if (task == null) {
        throw new IllegalArgumentException(
            workflow.name() + " calls " + step.taskRef() + ", which is not compiled");
      }
      boolean proved = report.proved("/spec/tasks/" + slot + "/input");
      planned.add(plan(step, task, bind(workflow, step.input(), slots), proved));
    }
    // An inferred schema is made from the mapping itself: there is nothing in it to check.
    boolean outputChecked = workflow.outputSchema() != null && !report.proved("/spec/output");
    return new ExecutionPlan(
        workflow,
        planned,
        graph.graph(),
        schema(workflow, workflow.inputSchema()),
        bind(workflow, workflow.output(), slots),
        outputChecked ? schema(workflow, workflow.outputSchema()) : null);
  }

  private static PlannedTask plan(
      TaskStep step, CompiledTask task, BoundTemplate input, boolean proved) {
    Duration timeout = step.timeout() == null ? task.definition().timeout() : step.timeout();
    return new PlannedTask(
        step.id(),
        step.taskRef(),
        task,
        input,
        proved ? null : task.inputSchema(),
        timeout.toMillis(),
        RetryPolicy.of(task.definition().retry(), step.retry()),
        step.continueWith(),
        task.effect());
  }

  private static BoundTemplate bind(
      Workflow workflow, JsonNode value, ToIntFunction<String> slots) {
    TemplateErrors errors = new TemplateErrors();
    var template = TemplateParser.parse(value, errors);
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException(workflow.name() + " has templates that are not valid");
    }
    return BoundTemplate.bind(template, slots);
  }

  private static CompiledSchema schema(Workflow workflow, JsonNode schema) {
    try {
      return CompiledSchema.compile(schema);
    } catch (InvalidSchemaException invalid) {
      throw new IllegalArgumentException(
          "a schema of " + workflow.name() + " is not valid", invalid);
    }
  }
}
