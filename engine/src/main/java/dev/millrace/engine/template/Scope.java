package dev.millrace.engine.template;

import tools.jackson.databind.JsonNode;

/** The values that templates may read while they are rendered. */
public interface Scope {
  /** The input. */
  JsonNode input();

  /** The output of the task at a slot; null while there is none. */
  JsonNode output(int slot);
}
