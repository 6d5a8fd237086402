package dev.millrace.engine.definition;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * One task of a workflow.
 *
 * @param id unique in the workflow
 * @param taskRef the name of a WorkflowTask in the workflow's namespace
 * @param input an object with templates, or a string that is one template
 * @param dependsOn ids that must end first, beyond those that {@code input} names
 * @param timeout of one attempt; null to take the task's
 * @param retry the retry fields that override the task's
 * @param continueWith the output to use when the task finally fails; null to let the execution fail
 */
public record TaskStep(
    String id,
    String taskRef,
    JsonNode input,
    List<String> dependsOn,
    Duration timeout,
    RetrySpec retry,
    JsonNode continueWith) {
  public TaskStep {
    Objects.requireNonNull(id);
    Objects.requireNonNull(taskRef);
    Objects.requireNonNull(input);
    Objects.requireNonNull(retry);
    dependsOn = List.copyOf(dependsOn);
  }
}
