package dev.millrace.engine.plan;

import dev.millrace.engine.definition.Durability;
import dev.millrace.engine.definition.HttpMethodName;
import dev.millrace.engine.definition.HttpSpec;
import dev.millrace.engine.definition.RecoveryPolicy;
import dev.millrace.engine.definition.ResponseMode;
import dev.millrace.engine.definition.RetrySpec;
import dev.millrace.engine.definition.SourceMap;
import dev.millrace.engine.definition.StatusPattern;
import dev.millrace.engine.definition.TaskStep;
import dev.millrace.engine.definition.Workflow;
import dev.millrace.engine.definition.WorkflowTask;
import dev.millrace.engine.json.InvalidJsonException;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.problem.ResourceKind;
import dev.millrace.engine.problem.ResourceName;
import dev.millrace.engine.task.CompiledTask;
import dev.millrace.engine.validation.ResourceReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Definitions made by hand, for tests that need plans but no files; a fluent builder. */
public final class TestDefinitions {
  private final List<TaskStep> steps = new ArrayList<>();
  private final Map<String, CompiledTask> tasks = new LinkedHashMap<>();
  private String name = "flow";
  private JsonNode inputSchema = json("{}");
  private JsonNode output = json("{}");
  private JsonNode outputSchema;
  private Duration timeout = Duration.ofSeconds(30);
  private int maxConcurrency = 16;
  private Durability durability = Durability.Durable;
  private RecoveryPolicy recovery = RecoveryPolicy.DEFAULT;

  /** JSON with single quotes. */
  public static JsonNode json(String text) {
    try {
      return Json.read(text.replace('\'', '"'));
    } catch (InvalidJsonException wrong) {
      throw new IllegalArgumentException(text, wrong);
    }
  }

  /** A value as a reader of its text sees it, whatever Java types its numbers have. */
  public static JsonNode reread(JsonNode value) {
    return json(Json.toText(value));
  }

  public static TestDefinitions workflow() {
    return new TestDefinitions();
  }

  public static WorkflowTask taskDefinition(String name, HttpMethodName method, String url) {
    return new WorkflowTask(
        new ResourceName(ResourceKind.WorkflowTask, "default", name),
        json("{}"),
        SourceMap.NONE,
        "sha256:" + name,
        "",
        json("{}"),
        json("{}"),
        new HttpSpec(
            method,
            url,
            Map.of(),
            Map.of(),
            method.takesBody() ? json("'{{input}}'") : null,
            ResponseMode.BODY,
            List.of(StatusPattern.SUCCESS)),
        method.isIdempotent(),
        Duration.ofSeconds(30),
        RetrySpec.NONE,
        null,
        null);
  }

  public static WorkflowTask withInputSchema(WorkflowTask task, String schema) {
    return new WorkflowTask(
        task.name(),
        task.document(),
        task.source(),
        task.versionHash(),
        task.description(),
        json(schema),
        task.outputSchema(),
        task.http(),
        task.idempotent(),
        task.timeout(),
        task.retry(),
        task.circuitBreaker(),
        task.bulkhead());
  }

  public static WorkflowTask withOutputSchema(WorkflowTask task, String schema) {
    return new WorkflowTask(
        task.name(),
        task.document(),
        task.source(),
        task.versionHash() + schema,
        task.description(),
        task.inputSchema(),
        json(schema),
        task.http(),
        task.idempotent(),
        task.timeout(),
        task.retry(),
        task.circuitBreaker(),
        task.bulkhead());
  }

  public TestDefinitions named(String workflow) {
    this.name = workflow;
    return this;
  }

  public TestDefinitions task(WorkflowTask definition) {
    tasks.put(definition.name().name(), CompiledTask.compile(definition));
    return this;
  }

  /** A safe task of an own WorkflowTask. */
  public TestDefinitions get(String id, String input, String... dependsOn) {
    return step(HttpMethodName.GET, id, input, null, dependsOn);
  }

  /** A task with effects of an own WorkflowTask. */
  public TestDefinitions post(String id, String input, String... dependsOn) {
    return step(HttpMethodName.POST, id, input, null, dependsOn);
  }

  /** A safe task that the workflow can do without. */
  public TestDefinitions optional(String id, String input, String continueWith, String... after) {
    return step(HttpMethodName.GET, id, input, json(continueWith), after);
  }

  private TestDefinitions step(
      HttpMethodName method, String id, String input, JsonNode continueWith, String... dependsOn) {
    task(taskDefinition("ref-" + id, method, "http://127.0.0.1:1/" + id));
    return step(
        new TaskStep(
            id, "ref-" + id, json(input), List.of(dependsOn), null, RetrySpec.NONE, continueWith));
  }

  /** A task of a WorkflowTask that was given before. */
  public TestDefinitions step(String id, String taskRef, String input) {
    return step(new TaskStep(id, taskRef, json(input), List.of(), null, RetrySpec.NONE, null));
  }

  public TestDefinitions step(TaskStep step) {
    steps.add(step);
    return this;
  }

  public TestDefinitions inputSchema(String schema) {
    this.inputSchema = json(schema);
    return this;
  }

  public TestDefinitions output(String mapping) {
    this.output = json(mapping);
    return this;
  }

  public TestDefinitions outputSchema(String schema) {
    this.outputSchema = json(schema);
    return this;
  }

  public TestDefinitions timeout(Duration wholeExecution) {
    this.timeout = wholeExecution;
    return this;
  }

  public TestDefinitions maxConcurrency(int inFlight) {
    this.maxConcurrency = inFlight;
    return this;
  }

  public TestDefinitions durability(Durability mode) {
    this.durability = mode;
    return this;
  }

  public TestDefinitions recovery(RecoveryPolicy policy) {
    this.recovery = policy;
    return this;
  }

  public Workflow definition() {
    return new Workflow(
        new ResourceName(ResourceKind.Workflow, "default", name),
        json("{}"),
        SourceMap.NONE,
        "sha256:" + name,
        "",
        inputSchema,
        steps,
        output,
        outputSchema,
        timeout,
        maxConcurrency,
        durability,
        recovery,
        null);
  }

  /** The plan, with every edge proved. */
  public ExecutionPlan plan() {
    return plan(List.of());
  }

  /** The plan, with these edges. */
  public ExecutionPlan plan(List<dev.millrace.engine.validation.Edge> edges) {
    Workflow workflow = definition();
    var report = new ResourceReport(workflow, List.of(), edges, json("{}"));
    return PlanCompiler.compile(workflow, report, tasks::get);
  }

  public CompiledTask compiled(String taskRef) {
    return tasks.get(taskRef);
  }
}
