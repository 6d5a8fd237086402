package dev.millrace.engine.plan;

import dev.millrace.engine.definition.RetryPolicy;
import dev.millrace.engine.schema.CompiledSchema;
import dev.millrace.engine.task.CompiledTask;
import dev.millrace.engine.template.BoundTemplate;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * One task of a plan, with every choice made and every override applied; made by the plan compiler,
 * immutable, shared by all executions.
 *
 * @param taskRef the name of the WorkflowTask, as the workflow writes it
 * @param task the WorkflowTask, compiled
 * @param input the template of the task's input
 * @param inputCheck what the input must match; null when that is proved
 * @param timeoutMillis of one attempt
 * @param continueWith the output to use when the task finally fails; null to let the execution fail
 * @param effect whether a call may change something at the other side
 */
public record PlannedTask(
    String id,
    String taskRef,
    CompiledTask task,
    BoundTemplate input,
    CompiledSchema inputCheck,
    long timeoutMillis,
    RetryPolicy retry,
    JsonNode continueWith,
    boolean effect) {
  public PlannedTask {
    Objects.requireNonNull(id);
    Objects.requireNonNull(taskRef);
    Objects.requireNonNull(retry);
  }
}
