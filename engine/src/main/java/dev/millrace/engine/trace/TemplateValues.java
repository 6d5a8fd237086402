package dev.millrace.engine.trace;

import dev.millrace.engine.definition.HttpSpec;
import dev.millrace.engine.journal.ExecutionRecord;
import dev.millrace.engine.journal.TaskRecord;
import dev.millrace.engine.json.JsonPointers;
import dev.millrace.engine.plan.ExecutionPlan;
import dev.millrace.engine.plan.PlanSecrets;
import dev.millrace.engine.schema.PathStep;
import dev.millrace.engine.schema.SensitivePlaces;
import dev.millrace.engine.template.Expression;
import dev.millrace.engine.template.Fallback;
import dev.millrace.engine.template.TemplateErrors;
import dev.millrace.engine.template.TemplateParser;
import dev.millrace.engine.template.TemplatePath;
import dev.millrace.engine.template.TemplateRoot;
import dev.millrace.engine.template.TemplateWalk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Resolves the templates of one execution again, from its record; made for one trace. */
final class TemplateValues {
  /** About how many characters all values of a trace may have: templates can repeat a large one. */
  static final int MAX_CHARACTERS = 2_000_000;

  private static final int NODE_CHARACTERS = 8;

  private final ExecutionPlan plan;
  private final PlanSecrets secrets;
  private final JsonNode input;
  private final Map<String, JsonNode> outputs = new HashMap<>();
  private int left = MAX_CHARACTERS;

  TemplateValues(ExecutionRecord execution, ExecutionPlan plan) {
    this.plan = plan;
    this.secrets = plan.secrets();
    this.input = execution.input();
    for (TaskRecord task : execution.tasks()) {
      if (task.output() != null) {
        outputs.put(task.taskId(), task.output());
      }
    }
  }

  /** Those of a task's input, then those of its request. */
  List<ResolvedTemplate> ofTask(int slot, JsonNode taskInput) {
    List<ResolvedTemplate> found = new ArrayList<>();
    add(
        found,
        plan.workflow().tasks().get(slot).input(),
        "/spec/tasks/" + slot + "/input",
        this::value,
        secrets::places);
    HttpSpec http = plan.task(slot).task().definition().http();
    SensitivePlaces places = secrets.taskInput(slot);
    Function<TemplatePath, JsonNode> value = path -> walk(taskInput, path.steps());
    Function<Expression, SensitivePlaces> sensitive = expression -> below(places, expression);
    add(found, StringNode.valueOf(http.url()), "/spec/http/url", value, sensitive);
    for (Map.Entry<String, JsonNode> parameter : http.query().entrySet()) {
      String path = JsonPointers.child("/spec/http/query", parameter.getKey());
      add(found, parameter.getValue(), path, value, sensitive);
    }
    for (Map.Entry<String, String> header : http.headers().entrySet()) {
      String path = JsonPointers.child("/spec/http/headers", header.getKey());
      add(found, StringNode.valueOf(header.getValue()), path, value, sensitive);
    }
    if (http.body() != null) {
      add(found, http.body(), "/spec/http/body", value, sensitive);
    }
    return found;
  }

  /** Those of the workflow's output. */
  List<ResolvedTemplate> ofOutput() {
    List<ResolvedTemplate> found = new ArrayList<>();
    add(found, plan.workflow().output(), "/spec/output", this::value, secrets::places);
    return found;
  }

  private static SensitivePlaces below(SensitivePlaces places, Expression expression) {
    SensitivePlaces found = places.at(expression.path().steps());
    return expression.fallback() instanceof Fallback.Path fallback
        ? found.and(places.at(fallback.path().steps()))
        : found;
  }

  private void add(
      List<ResolvedTemplate> found,
      JsonNode written,
      String pointer,
      Function<TemplatePath, JsonNode> values,
      Function<Expression, SensitivePlaces> sensitive) {
    TemplateWalk.forEach(
        TemplateParser.parse(written, new TemplateErrors()),
        pointer,
        (path, expression, inText) -> {
          JsonNode value = sensitive.apply(expression).mask(resolve(expression, values));
          boolean shown = value == null || take(value);
          found.add(new ResolvedTemplate(path, expression.text(), shown ? value : null, !shown));
        });
  }

  private JsonNode resolve(Expression expression, Function<TemplatePath, JsonNode> values) {
    if (!isKnown(expression.path())) {
      // A default stands for what is absent, not for what is yet to come.
      return null;
    }
    JsonNode value = values.apply(expression.path());
    if (value != null && !value.isNull()) {
      return value;
    }
    if (expression.fallback() instanceof Fallback.Literal literal) {
      return literal.value();
    }
    if (expression.fallback() instanceof Fallback.Path other) {
      return isKnown(other.path()) ? values.apply(other.path()) : null;
    }
    return value;
  }

  private boolean isKnown(TemplatePath path) {
    return !(path.root() instanceof TemplateRoot.TaskOutput task)
        || outputs.containsKey(task.taskId());
  }

  private JsonNode value(TemplatePath path) {
    JsonNode root =
        path.root() instanceof TemplateRoot.TaskOutput task ? outputs.get(task.taskId()) : input;
    return walk(root, path.steps());
  }

  private static JsonNode walk(JsonNode root, List<PathStep> steps) {
    JsonNode value = root;
    for (PathStep step : steps) {
      if (value == null || value.equals(SensitivePlaces.MASK)) {
        // What was in a value that is masked in the record is as secret as the whole.
        return value;
      }
      value =
          step instanceof PathStep.Name name
              ? value.get(name.name())
              : value.get(((PathStep.Index) step).index());
    }
    return value;
  }

  /** Whether a value still has room. */
  private boolean take(JsonNode value) {
    int size = size(value, left);
    if (size > left) {
      return false;
    }
    left -= size;
    return true;
  }

  /** About how many characters a value has; stops counting beyond the limit. */
  private static int size(JsonNode value, int limit) {
    int size = NODE_CHARACTERS;
    if (value.isString()) {
      size += value.stringValue().length();
    } else if (value.isObject()) {
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        if (size > limit) {
          return size;
        }
        size += member.getKey().length() + size(member.getValue(), limit - size);
      }
    } else {
      for (JsonNode element : value) {
        if (size > limit) {
          return size;
        }
        size += size(element, limit - size);
      }
    }
    return size;
  }
}
