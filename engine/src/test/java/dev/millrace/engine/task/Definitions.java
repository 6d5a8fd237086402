package dev.millrace.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.definition.ReadResult;
import dev.millrace.engine.definition.ResourceReader;
import dev.millrace.engine.definition.WorkflowTask;
import dev.millrace.engine.json.InvalidJsonException;
import dev.millrace.engine.json.Json;
import tools.jackson.databind.JsonNode;

/** Makes tasks and values from short texts. */
final class Definitions {
  private static final String FRAME =
      """
      apiVersion: millrace.dev/v1
      kind: WorkflowTask
      metadata: { name: probe }
      spec:
        inputSchema: { type: object }
        outputSchema: %s
        http:
      %s
      %s
      """;

  private Definitions() {}

  /** A task that yields anything; {@code http} and {@code rest} are YAML. */
  static CompiledTask task(String http, String rest) {
    return task(http, rest, "{}");
  }

  static CompiledTask task(String http, String rest, String outputSchema) {
    return CompiledTask.compile(definition(http, rest, outputSchema));
  }

  static WorkflowTask definition(String http, String rest, String outputSchema) {
    String text = FRAME.formatted(outputSchema, http.strip().indent(4), rest.strip().indent(2));
    ReadResult result = ResourceReader.read("probe.yaml", text, "default");
    assertThat(result.problems()).isEmpty();
    return (WorkflowTask) result.resources().get(0);
  }

  static CompiledTask get(String url) {
    return task("method: GET\nurl: \"" + url + "\"", "");
  }

  static JsonNode json(String text) {
    try {
      return Json.read(text.replace('\'', '"'));
    } catch (InvalidJsonException invalid) {
      throw new IllegalArgumentException(text, invalid);
    }
  }
}
