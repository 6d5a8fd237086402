package dev.millrace.engine.plan;

import dev.millrace.engine.definition.TaskStep;
import dev.millrace.engine.definition.Workflow;
import dev.millrace.engine.template.Fallback;
import dev.millrace.engine.template.TemplateErrors;
import dev.millrace.engine.template.TemplateParser;
import dev.millrace.engine.template.TemplatePath;
import dev.millrace.engine.template.TemplateRoot;
import dev.millrace.engine.template.TemplateWalk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The task graph of a workflow as it is written: a template on a task is a dependency, and so is
 * {@code dependsOn}. Also of an invalid workflow: unknown ids are left out, and of equal ids the
 * first counts. Made where a workflow is compiled or planned; immutable.
 */
public final class WorkflowGraph {
  private final Map<String, Integer> slots;
  private final TaskGraph graph;

  private WorkflowGraph(Map<String, Integer> slots, TaskGraph graph) {
    this.slots = slots;
    this.graph = graph;
  }

  /** The graph of a workflow, valid or not. */
  public static WorkflowGraph of(Workflow workflow) {
    List<TaskStep> steps = workflow.tasks();
    Map<String, Integer> slots = new HashMap<>();
    for (int slot = 0; slot < steps.size(); slot++) {
      slots.putIfAbsent(steps.get(slot).id(), slot);
    }
    int[][] dependencies = new int[steps.size()][];
    for (int slot = 0; slot < dependencies.length; slot++) {
      dependencies[slot] = dependencies(steps.get(slot), slots);
    }
    return new WorkflowGraph(slots, TaskGraph.of(dependencies));
  }

  private static int[] dependencies(TaskStep step, Map<String, Integer> slots) {
    Set<Integer> found = new TreeSet<>();
    for (String id : step.dependsOn()) {
      add(found, slots.get(id));
    }
    TemplateWalk.forEach(
        TemplateParser.parse(step.input(), new TemplateErrors()),
        "",
        (pointer, expression, inText) -> {
          add(found, slotOf(expression.path(), slots));
          if (expression.fallback() instanceof Fallback.Path fallback) {
            add(found, slotOf(fallback.path(), slots));
          }
        });
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  private static void add(Set<Integer> found, Integer slot) {
    if (slot != null) {
      found.add(slot);
    }
  }

  private static Integer slotOf(TemplatePath path, Map<String, Integer> slots) {
    return path.root() instanceof TemplateRoot.TaskOutput output
        ? slots.get(output.taskId())
        : null;
  }

  /** The slot of a task's id; -1 when there is none. */
  int slot(String id) {
    return slots.getOrDefault(id, -1);
  }

  /** Tasks as slots, in the order in which the workflow writes them. */
  public TaskGraph graph() {
    return graph;
  }
}
