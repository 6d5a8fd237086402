package dev.millrace.engine.task;

import dev.millrace.engine.template.Scope;
import java.util.function.ToIntFunction;
import tools.jackson.databind.JsonNode;

/** What the templates of a WorkflowTask see: its input and nothing else. */
record InputScope(JsonNode input) implements Scope {
  /** The slots of tasks' outputs: there are none here, and binding refuses a template with one. */
  static final ToIntFunction<String> NO_SLOTS = taskId -> -1;

  @Override
  public JsonNode output(int slot) {
    return null;
  }
}
