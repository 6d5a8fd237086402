package dev.millrace.engine.template;

import tools.jackson.databind.JsonNode;

/** A template whose paths are bound to slots; immutable, shared by all executions. */
public interface BoundTemplate {
  /** Puts the values in. */
  JsonNode render(Scope scope);
}
