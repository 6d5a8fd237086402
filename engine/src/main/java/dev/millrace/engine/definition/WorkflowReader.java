package dev.millrace.engine.definition;

import dev.millrace.engine.definition.RecoveryPolicy.OnFailedTask;
import dev.millrace.engine.definition.RecoveryPolicy.OnInterruption;
import dev.millrace.engine.json.JsonPointers;
import dev.millrace.engine.problem.ProblemCode;
import dev.millrace.engine.problem.ResourceName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads the spec of a Workflow; stateless, usable on any thread. */
final class WorkflowReader {
  /** How many tasks a workflow may have. */
  static final int MAX_TASKS = 200;

  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
  private static final int DEFAULT_CONCURRENCY = 16;
  private static final int MAX_PATH_LENGTH = 1_024;
  private static final int MAX_NAME_LENGTH = 253;
  private static final Map<String, Durability> DURABILITIES = byName(Durability.values());
  private static final Map<String, OnInterruption> ON_INTERRUPTION =
      byName(OnInterruption.values());
  private static final Map<String, OnFailedTask> ON_FAILED_TASK = byName(OnFailedTask.values());
  private static final List<String> FIELDS =
      List.of(
          "description",
          "inputSchema",
          "tasks",
          "output",
          "outputSchema",
          "timeout",
          "maxConcurrency",
          "durability",
          "onInterruption",
          "onFailedTask",
          "route");
  private static final List<String> STEP_FIELDS =
      List.of("id", "taskRef", "input", "dependsOn", "timeout", "retry", "onError");

  private WorkflowReader() {}

  static Workflow read(
      ResourceName name, JsonNode document, SourceMap source, JsonNode spec, Problems problems) {
    Fields fields = new Fields(spec, "/spec", problems, FIELDS);
    String description = fields.text("description", SpecDefaults.MAX_DESCRIPTION);
    JsonNode inputSchema = fields.get("inputSchema");
    JsonNode output = fields.getOrNull("output");
    Duration timeout = fields.duration("timeout");
    Integer maxConcurrency = fields.integer("maxConcurrency", 1, MAX_TASKS);
    Durability durability = fields.oneOf("durability", DURABILITIES);
    return new Workflow(
        name,
        document,
        source,
        SpecDefaults.versionHash(spec),
        description == null ? "" : description,
        inputSchema == null ? SpecDefaults.closedObject() : inputSchema,
        tasks(fields, problems),
        output == null ? SpecDefaults.emptyObject() : output,
        fields.get("outputSchema"),
        timeout == null ? DEFAULT_TIMEOUT : timeout,
        maxConcurrency == null ? DEFAULT_CONCURRENCY : maxConcurrency,
        durability == null ? Durability.Durable : durability,
        recovery(fields),
        route(fields));
  }

  private static List<TaskStep> tasks(Fields spec, Problems problems) {
    if (!spec.require("tasks", "at least one task")) {
      return List.of();
    }
    List<JsonNode> elements = spec.array("tasks", MAX_TASKS);
    if (elements == null) {
      return List.of();
    }
    if (elements.isEmpty()) {
      spec.error("tasks", "The workflow has no tasks", "Give at least one task.");
    }
    List<TaskStep> steps = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      String pointer = JsonPointers.child(spec.child("tasks"), i);
      if (elements.get(i).isObject()) {
        Fields fields = new Fields(elements.get(i), pointer, problems, STEP_FIELDS);
        TaskStep step = step(fields, problems);
        if (step != null) {
          steps.add(step);
        }
      } else {
        problems.error(
            ProblemCode.InvalidResource,
            pointer,
            "A task must be an object, not " + Fields.kind(elements.get(i)),
            "Give it an id and a taskRef.");
      }
    }
    return steps;
  }

  /** A task; null where it has no id by which anything could refer to it. */
  private static TaskStep step(Fields fields, Problems problems) {
    String id = fields.require("id", "a name unique in the workflow") ? id(fields) : null;
    String taskRef =
        fields.require("taskRef", "the name of a WorkflowTask")
            ? fields.text("taskRef", MAX_NAME_LENGTH)
            : null;
    JsonNode input = fields.objectOrTemplate("input");
    List<String> dependsOn = dependsOn(fields, problems);
    Duration timeout = fields.duration("timeout");
    RetrySpec retry = RetryReader.read(fields, problems);
    JsonNode continueWith = continueWith(fields);
    return id == null
        ? null
        : new TaskStep(
            id,
            taskRef == null ? "" : taskRef,
            input == null ? SpecDefaults.emptyObject() : input,
            dependsOn,
            timeout,
            retry,
            continueWith);
  }

  private static String id(Fields fields) {
    String id = fields.text("id", MAX_NAME_LENGTH);
    if (id != null && !Names.isTaskId(id)) {
      fields.error(
          "id",
          Fields.quoted(id) + " cannot be the id of a task",
          "Ids are at most 63 lower-case letters, digits and `-`; they start with a letter and"
              + " do not end with `-`.");
    }
    return id;
  }

  private static List<String> dependsOn(Fields fields, Problems problems) {
    List<JsonNode> elements = fields.array("dependsOn", MAX_TASKS);
    List<String> ids = new ArrayList<>();
    for (int i = 0; elements != null && i < elements.size(); i++) {
      JsonNode element = elements.get(i);
      if (element.isString()) {
        ids.add(element.stringValue());
      } else {
        problems.error(
            ProblemCode.InvalidResource,
            JsonPointers.child(fields.child("dependsOn"), i),
            "The id of a task must be a string, not " + Fields.kind(element),
            null);
      }
    }
    return ids;
  }

  private static JsonNode continueWith(Fields fields) {
    Fields onError = fields.object("onError", List.of("continueWith"));
    if (onError == null) {
      return null;
    }
    JsonNode value = onError.getOrNull("continueWith");
    if (value == null) {
      onError.error(
          "continueWith",
          "`continueWith` is missing",
          "Give the output to use when the task fails.");
    }
    return value;
  }

  private static RouteSpec route(Fields spec) {
    Fields fields = spec.object("route", List.of("method", "path"));
    if (fields == null) {
      return null;
    }
    HttpMethodName method =
        fields.require("method", "the method of the endpoint")
            ? fields.oneOf("method", HttpReader.METHODS)
            : null;
    String path =
        fields.require("path", "a path such as /orders/{id}")
            ? fields.text("path", MAX_PATH_LENGTH)
            : null;
    return method == null || path == null ? null : new RouteSpec(method, path);
  }

  private static RecoveryPolicy recovery(Fields spec) {
    OnInterruption onInterruption = spec.oneOf("onInterruption", ON_INTERRUPTION);
    OnFailedTask onFailedTask = spec.oneOf("onFailedTask", ON_FAILED_TASK);
    RecoveryPolicy absent = RecoveryPolicy.DEFAULT;
    return new RecoveryPolicy(
        onInterruption == null ? absent.onInterruption() : onInterruption,
        onFailedTask == null ? absent.onFailedTask() : onFailedTask);
  }

  private static <E extends Enum<E>> Map<String, E> byName(E[] constants) {
    Map<String, E> byName = new LinkedHashMap<>();
    for (E constant : constants) {
      byName.put(constant.name(), constant);
    }
    return byName;
  }
}
