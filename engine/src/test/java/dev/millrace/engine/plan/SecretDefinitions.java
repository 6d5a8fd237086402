package dev.millrace.engine.plan;

import dev.millrace.engine.definition.ReadResult;
import dev.millrace.engine.definition.Resource;
import dev.millrace.engine.definition.ResourceReader;
import dev.millrace.engine.definition.Workflow;
import dev.millrace.engine.definition.WorkflowTask;
import dev.millrace.engine.task.CompiledTask;
import dev.millrace.engine.validation.DefinitionValidator;
import dev.millrace.engine.validation.ResourceSet;
import dev.millrace.engine.validation.ValidationReport;
import java.util.HashMap;
import java.util.Map;

/** A workflow through which secrets flow, for tests of several packages. */
public final class SecretDefinitions {
  /** Logs in, uses the token, and answers with what a header says. */
  public static final String YAML =
      """
      apiVersion: millrace.dev/v1
      kind: WorkflowTask
      metadata: { name: log-in }
      spec:
        inputSchema:
          type: object
          required: [user, password]
          properties: { user: { type: string }, password: { type: string } }
        outputSchema:
          type: object
          required: [token]
          properties: { token: { type: string, x-millrace-sensitive: true }, level: { type: integer } }
        http: { method: POST, url: "http://127.0.0.1:1/log-in", body: "{{input}}" }
      ---
      apiVersion: millrace.dev/v1
      kind: WorkflowTask
      metadata: { name: create }
      spec:
        inputSchema:
          type: object
          required: [authorization]
          properties: { authorization: { type: string }, note: { type: string }, all: {} }
        outputSchema:
          type: object
          required: [status, headers, body]
          properties:
            status: { type: integer }
            headers: { type: object, additionalProperties: { type: string } }
            body: { type: object, properties: { id: { type: string } }, required: [id] }
        http:
          method: POST
          url: http://127.0.0.1:1/things
          headers: { Authorization: "{{input.authorization}}" }
          body: { note: "{{input.note ?? null}}" }
          response: full
      ---
      apiVersion: millrace.dev/v1
      kind: Workflow
      metadata: { name: secretive }
      spec:
        inputSchema:
          type: object
          required: [user, password]
          properties:
            user: { type: string }
            password: { type: string, writeOnly: true }
            note: { type: string }
        tasks:
          - id: log-in
            taskRef: log-in
            input: { user: "{{input.user}}", password: "{{input.password}}" }
          - id: create
            taskRef: create
            input:
              authorization: "Bearer {{tasks.log-in.output.token}}"
              note: "{{input.note ?? \\"none\\"}}"
              all: ["{{input}}", "{{tasks.log-in.output.level ?? 0}}"]
        output:
          id: "{{tasks.create.output.body.id}}"
          place: "{{tasks.create.output.headers.location ?? \\"\\"}}"
      """;

  private SecretDefinitions() {}

  /** The plan of the workflow. */
  public static ExecutionPlan plan() {
    return plan(YAML);
  }

  /** The plan of the one workflow of a text. */
  public static ExecutionPlan plan(String yaml) {
    ReadResult read = ResourceReader.read("test.yaml", yaml, "default");
    ResourceSet set = new ResourceSet(read.resources(), read.problems());
    ValidationReport report = DefinitionValidator.validate(set);
    if (!report.valid()) {
      throw new IllegalArgumentException(report.problems().toString());
    }
    Map<String, CompiledTask> tasks = new HashMap<>();
    Workflow workflow = null;
    for (Resource resource : set.resources()) {
      if (resource instanceof WorkflowTask task) {
        tasks.put(task.name().name(), CompiledTask.compile(task));
      } else {
        workflow = (Workflow) resource;
      }
    }
    return PlanCompiler.compile(workflow, report.reports().get(workflow.name()), tasks::get);
  }
}
