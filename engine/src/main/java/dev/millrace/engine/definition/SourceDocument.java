package dev.millrace.engine.definition;

import dev.millrace.engine.problem.SourcePosition;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * One document of a text as JSON with its positions, before anybody asked what it means.
 *
 * @param findings what is wrong with the text itself, such as a name that stands twice
 */
record SourceDocument(JsonNode value, SourceMap source, List<Finding> findings) {
  SourceDocument {
    findings = List.copyOf(findings);
  }

  /** Something wrong with the text, whose resource is not known yet. */
  record Finding(String pointer, SourcePosition position, String message, String suggestion) {}
}
