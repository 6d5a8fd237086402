package dev.millrace.engine.trace;

import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * A template before and after.
 *
 * @param path JSON Pointer into the workflow ({@code /spec/tasks/...}, {@code /spec/output...}) or
 *     into the task's WorkflowTask ({@code /spec/http/...})
 * @param template as written
 * @param value what it stood for, sensitive parts masked; null where there is none: it was absent,
 *     or what it speaks of has not ended, or its values are not kept
 * @param omitted whether there is a value that is not shown because the values before it were many
 */
public record ResolvedTemplate(String path, String template, JsonNode value, boolean omitted) {
  public ResolvedTemplate {
    Objects.requireNonNull(path);
    Objects.requireNonNull(template);
  }
}
