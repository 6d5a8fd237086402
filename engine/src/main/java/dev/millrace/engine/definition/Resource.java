package dev.millrace.engine.definition;

import dev.millrace.engine.problem.ResourceName;
import tools.jackson.databind.JsonNode;

/** A definition as read: one of the two kinds. */
public sealed interface Resource permits WorkflowTask, Workflow {
  /** Its full name. */
  ResourceName name();

  /** The whole document as it was written. */
  JsonNode document();

  /** Where its parts stand in the text it was read from. */
  SourceMap source();

  /** {@code sha256:} and the hash of the canonical spec, in hexadecimal. */
  String versionHash();

  /** What it is for; empty when it does not say. */
  String description();
}
