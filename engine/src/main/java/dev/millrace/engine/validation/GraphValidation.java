package dev.millrace.engine.validation;

import dev.millrace.engine.definition.TaskStep;
import dev.millrace.engine.problem.ProblemCode;
import dev.millrace.engine.template.Template;
import dev.millrace.engine.template.TemplatePath;
import dev.millrace.engine.template.TemplateRoot;
import dev.millrace.engine.template.TemplateWalk;
import dev.millrace.engine.text.NearestName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges how the tasks of one workflow depend on each other, by data and by order; owned by that
 * workflow's validation, on its thread.
 */
final class GraphValidation {
  private final List<TaskStep> tasks;
  private final StepPlaces places;
  private final Findings findings;

  /** The first task of each id. */
  private final Map<String, Integer> byId = new LinkedHashMap<>();

  /** For each task what it needs, and the place that says so first. */
  private final List<Map<Integer, String>> needs = new ArrayList<>();

  GraphValidation(List<TaskStep> tasks, StepPlaces places, Findings findings) {
    this.tasks = tasks;
    this.places = places;
    this.findings = findings;
    for (int i = 0; i < tasks.size(); i++) {
      byId.putIfAbsent(tasks.get(i).id(), i);
      needs.add(new LinkedHashMap<>());
    }
  }

  /**
   * Reports ids that come twice, references to no task, and cycles.
   *
   * @param inputs the parsed input of each task
   */
  void check(List<Template> inputs, Template output) {
    for (int i = 0; i < tasks.size(); i++) {
      duplicate(i);
      dataNeeds(i, inputs.get(i));
      orderNeeds(i);
    }
    forEachOutput(
        output,
        "/spec/output",
        (path, id, pointer) -> {
          if (!byId.containsKey(id)) {
            unknownInTemplate(path, id, pointer, byId.keySet());
          }
        });
    cycles();
  }

  private void duplicate(int task) {
    String id = tasks.get(task).id();
    int first = byId.get(id);
    if (first != task) {
      findings.error(
          ProblemCode.DuplicateId,
          places.of(task, "id"),
          "The id \"" + id + "\" is already taken by " + places.of(first),
          "Give each task an id of its own.");
    }
  }

  private void dataNeeds(int task, Template input) {
    forEachOutput(
        input,
        places.of(task, "input"),
        (path, id, pointer) -> {
          Integer needed = byId.get(id);
          if (needed == null) {
            unknownInTemplate(path, id, pointer, othersOf(task));
          } else {
            needs.get(task).putIfAbsent(needed, pointer);
          }
        });
  }

  private void orderNeeds(int task) {
    Set<String> seen = new HashSet<>();
    for (String id : tasks.get(task).dependsOn()) {
      if (!seen.add(id)) {
        continue;
      }
      String pointer = places.ofDependency(task, id);
      Integer needed = byId.get(id);
      if (needed != null) {
        needs.get(task).putIfAbsent(needed, pointer);
        continue;
      }
      String nearest = findings.nearest(id, othersOf(task));
      if (id.contains("{{")) {
        findings.error(
            ProblemCode.InvalidTemplate,
            pointer,
            "A template may not stand in dependsOn",
            "Write the id of a task.");
      } else {
        unknown(
            "There is no task \"" + id + "\"",
            nearest,
            nearest == null ? null : "Write " + nearest + ".",
            id,
            pointer,
            othersOf(task));
      }
    }
  }

  private void unknownInTemplate(
      TemplatePath path, String id, String pointer, Set<String> candidates) {
    String nearest = findings.nearest(id, candidates);
    unknown(
        PathText.of(path) + ": there is no task \"" + id + "\"",
        nearest,
        nearest == null ? null : "Write " + PathText.mended(path, nearest) + ".",
        id,
        pointer,
        candidates);
  }

  private void unknown(
      String message,
      String nearest,
      String mend,
      String id,
      String pointer,
      Set<String> candidates) {
    findings.error(
        ProblemCode.UnknownTask,
        pointer,
        nearest == null ? message : message + "; did you mean \"" + nearest + "\"?",
        nearest == null ? NearestName.suggestion(id, candidates) : mend);
  }

  private Set<String> othersOf(int task) {
    Set<String> others = new LinkedHashSet<>(byId.keySet());
    others.remove(tasks.get(task).id());
    return others;
  }

  private void cycles() {
    int[][] successors = new int[tasks.size()][];
    for (int i = 0; i < tasks.size(); i++) {
      successors[i] = needs.get(i).keySet().stream().mapToInt(Integer::intValue).toArray();
    }
    for (int[] cycle : Cycles.of(successors)) {
      int first = cycle[0];
      StringBuilder names = new StringBuilder();
      for (int task : cycle) {
        names.append(tasks.get(task).id()).append(" -> ");
      }
      names.append(tasks.get(first).id());
      findings.error(
          ProblemCode.CircularDependency,
          places.of(first),
          cycle.length == 1
              ? names + ": the task needs its own output"
              : names + ": each of these tasks waits for the next one",
          "Remove one of these references: " + references(cycle) + ".");
    }
  }

  private String references(int[] cycle) {
    StringBuilder references = new StringBuilder();
    for (int i = 0; i < cycle.length; i++) {
      int next = cycle[(i + 1) % cycle.length];
      references.append(i == 0 ? "" : ", ").append(needs.get(cycle[i]).get(next));
    }
    return references.toString();
  }

  private interface OutputVisitor {
    void visit(TemplatePath path, String taskId, String pointer);
  }

  private static void forEachOutput(Template template, String pointer, OutputVisitor visitor) {
    TemplateWalk.forEach(
        template,
        pointer,
        (place, expression, inText) -> {
          for (TemplatePath path : Reads.pathsOf(expression)) {
            if (path.root() instanceof TemplateRoot.TaskOutput output) {
              visitor.visit(path, output.taskId(), place);
            }
          }
        });
  }
}
