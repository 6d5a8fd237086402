package dev.millrace.engine.plan;

import dev.millrace.engine.definition.ResponseMode;
import dev.millrace.engine.definition.TaskStep;
import dev.millrace.engine.definition.Workflow;
import dev.millrace.engine.schema.SensitivePlaces;
import dev.millrace.engine.task.CompiledTask;
import dev.millrace.engine.template.Expression;
import dev.millrace.engine.template.Fallback;
import dev.millrace.engine.template.Template;
import dev.millrace.engine.template.TemplateErrors;
import dev.millrace.engine.template.TemplateParser;
import dev.millrace.engine.template.TemplatePath;
import dev.millrace.engine.template.TemplateRoot;
import dev.millrace.engine.template.TextPart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * What of an execution's values is sensitive: by the schemas, and by the templates that carry a
 * sensitive value on to where no schema speaks of it. Made once with the plan, immutable, used on
 * any thread.
 *
 * <p>The headers that a service answered are always sensitive.
 */
public final class PlanSecrets {
  private static final SensitivePlaces HEADERS =
      SensitivePlaces.ofMembers(Map.of("headers", SensitivePlaces.ofEveryMember()));

  private final Map<String, Integer> slots = new HashMap<>();
  private final SensitivePlaces input;
  private final SensitivePlaces[] taskInputs;
  private final SensitivePlaces[] taskOutputs;
  private final SensitivePlaces output;
  private final boolean none;

  private PlanSecrets(
      Workflow workflow, Function<String, CompiledTask> tasks, boolean headersOnly) {
    List<TaskStep> steps = workflow.tasks();
    Function<JsonNode, SensitivePlaces> marked =
        headersOnly ? schema -> SensitivePlaces.NONE : SensitivePlaces::of;
    input = marked.apply(workflow.inputSchema());
    taskInputs = new SensitivePlaces[steps.size()];
    taskOutputs = new SensitivePlaces[steps.size()];
    for (int slot = 0; slot < taskOutputs.length; slot++) {
      slots.putIfAbsent(steps.get(slot).id(), slot);
      CompiledTask task = tasks.apply(steps.get(slot).taskRef());
      taskInputs[slot] = SensitivePlaces.NONE;
      taskOutputs[slot] = SensitivePlaces.NONE;
      if (task != null) {
        taskInputs[slot] = marked.apply(task.definition().inputSchema());
        taskOutputs[slot] = marked.apply(task.definition().outputSchema());
        if (task.definition().http().response() == ResponseMode.FULL) {
          taskOutputs[slot] = taskOutputs[slot].and(HEADERS);
        }
      }
    }
    boolean nothing = input.isEmpty();
    for (int slot = 0; slot < taskInputs.length; slot++) {
      taskInputs[slot] = taskInputs[slot].and(carried(steps.get(slot).input()));
      nothing &= taskInputs[slot].isEmpty() && taskOutputs[slot].isEmpty();
    }
    SensitivePlaces declared =
        workflow.outputSchema() == null
            ? SensitivePlaces.NONE
            : marked.apply(workflow.outputSchema());
    output = declared.and(carried(workflow.output()));
    none = nothing && output.isEmpty();
  }

  /**
   * What is sensitive in the executions of a workflow, also of one that is not valid.
   *
   * @param tasks the compiled WorkflowTasks by name; null for those that are not ready
   */
  public static PlanSecrets of(Workflow workflow, Function<String, CompiledTask> tasks) {
    return new PlanSecrets(workflow, tasks, false);
  }

  /** Where the values of headers that services answered stand, and nothing else. */
  static PlanSecrets headersOf(Workflow workflow, Function<String, CompiledTask> tasks) {
    return new PlanSecrets(workflow, tasks, true);
  }

  private SensitivePlaces carried(JsonNode written) {
    return carried(TemplateParser.parse(written, new TemplateErrors()));
  }

  private SensitivePlaces carried(Template template) {
    if (template instanceof Template.Value value) {
      return places(value.expression());
    }
    if (template instanceof Template.Text text) {
      for (TextPart part : text.parts()) {
        if (part instanceof TextPart.Hole hole && !places(hole.expression()).isEmpty()) {
          return SensitivePlaces.WHOLE;
        }
      }
      return SensitivePlaces.NONE;
    }
    if (template instanceof Template.Members members) {
      Map<String, SensitivePlaces> byName = new LinkedHashMap<>();
      for (Template.Member member : members.members()) {
        byName.put(member.name(), carried(member.value()));
      }
      return SensitivePlaces.ofMembers(byName);
    }
    if (template instanceof Template.Elements elements) {
      List<SensitivePlaces> byIndex = new ArrayList<>();
      for (Template element : elements.elements()) {
        byIndex.add(carried(element));
      }
      return SensitivePlaces.ofElements(byIndex);
    }
    return SensitivePlaces.NONE;
  }

  /** What of the value of a workflow's expression is sensitive. */
  public SensitivePlaces places(Expression expression) {
    SensitivePlaces found = places(expression.path());
    return expression.fallback() instanceof Fallback.Path fallback
        ? found.and(places(fallback.path()))
        : found;
  }

  private SensitivePlaces places(TemplatePath path) {
    if (path.root() instanceof TemplateRoot.TaskOutput task) {
      Integer slot = slots.get(task.taskId());
      return slot == null ? SensitivePlaces.NONE : taskOutputs[slot].at(path.steps());
    }
    return input.at(path.steps());
  }

  /** Whether nothing is sensitive. */
  public boolean isEmpty() {
    return none;
  }

  /** The sensitive places of the workflow's input. */
  public SensitivePlaces input() {
    return input;
  }

  /** The sensitive places of what a task is called with. */
  public SensitivePlaces taskInput(int slot) {
    return taskInputs[slot];
  }

  /** The sensitive places of what a task yields. */
  public SensitivePlaces taskOutput(int slot) {
    return taskOutputs[slot];
  }

  /** The sensitive places of the workflow's output. */
  public SensitivePlaces output() {
    return output;
  }
}
