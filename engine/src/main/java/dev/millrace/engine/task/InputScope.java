package dev.millrace.engine.task;

import dev.millrace.engine.template.Scope;
import tools.jackson.databind.JsonNode;

/** What the templates of a WorkflowTask see: its input and nothing else. */
record InputScope(JsonNode input) implements Scope {
  @Override
  public JsonNode output(int slot) {
    return null;
  }

  /** The slots of tasks, of which there are none here. */
  @SuppressWarnings("DoNotCallSuggester") // it is called where a template names a task
  static int noSlot(String taskId) {
    throw new IllegalArgumentException(
        "A WorkflowTask has templates on its input only, but one names the task " + taskId);
  }
}
