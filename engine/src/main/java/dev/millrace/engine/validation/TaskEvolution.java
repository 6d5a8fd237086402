package dev.millrace.engine.validation;

import dev.millrace.engine.definition.TaskStep;
import dev.millrace.engine.definition.Workflow;
import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.problem.ProblemCode;
import dev.millrace.engine.problem.ResourceName;
import dev.millrace.engine.problem.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges what the change or the end of a WorkflowTask means for the workflows that use it; pure,
 * usable on any thread.
 *
 * <p>A task's input may only widen and its output only narrow, as far as its users can tell: each
 * of them is judged with the task as it was and as it is to be, and what is wrong only then is the
 * change's fault.
 */
public final class TaskEvolution {
  /** The annotation by which a change is let through nevertheless; its value says why. */
  public static final String ALLOWED = "millrace.dev/allow-breaking-change";

  private static final String ALLOW =
      ", or let it through: annotate it with " + ALLOWED + ": \"<the reason>\".";
  private static final String INPUT = "/spec/inputSchema";
  private static final String OUTPUT = "/spec/outputSchema";
  private static final int MOST_USERS_NAMED = 20;

  private final ReadDefinition before;
  private final ReadDefinition after;
  private final DefinitionIndex index;
  private final List<Problem> problems = new ArrayList<>();

  private TaskEvolution(ReadDefinition before, ReadDefinition after, DefinitionIndex index) {
    this.before = before;
    this.after = after;
    this.index = index;
  }

  /**
   * Finds what a change breaks: for each broken edge an error {@code BreakingChange} of the task,
   * and the new doubts of its users as warnings.
   *
   * @param before the task as it is
   * @param after the task as it is to be, valid on its own
   * @param index where the workflows that use it are found
   */
  public static List<Problem> judge(
      ReadDefinition before, ReadDefinition after, DefinitionIndex index) {
    TaskEvolution evolution = new TaskEvolution(before, after, index);
    if (evolution.changed(INPUT) || evolution.changed(OUTPUT)) {
      evolution.judge();
    }
    return evolution.problems;
  }

  /**
   * Says that a task which is to be deleted is used; null when it is not.
   *
   * @param users the names of workflows
   */
  public static Problem inUse(ResourceName task, List<ResourceName> users) {
    if (users.isEmpty()) {
      return null;
    }
    List<String> names = new ArrayList<>();
    users.stream().limit(MOST_USERS_NAMED).forEach(user -> names.add(user.name()));
    int more = users.size() - names.size();
    return new Problem(
        ProblemCode.InUse,
        Severity.ERROR,
        task.toString(),
        "",
        null,
        (users.size() == 1 ? "1 workflow uses it: " : users.size() + " workflows use it: ")
            + String.join(", ", names)
            + (more == 0 ? "" : " and " + more + " more"),
        "Move the workflows to another task first, or delete them" + ALLOW);
  }

  /** All users together, so that what they have in common is proved once. */
  private void judge() {
    ResourceSet users = index.aroundUsersOf(after.name());
    Map<ResourceName, ResourceReport> then = then(users);
    Map<ResourceName, ResourceReport> now = index.judge(after.alone().over(users)).reports();
    for (ResourceName user : index.usersOf(after.name())) {
      if (now.containsKey(user) && then.containsKey(user)) {
        compare((Workflow) now.get(user).resource(), then.get(user), now.get(user));
      }
    }
  }

  /** The users with the task as it was; where that is the one of the index, by what is known. */
  private Map<ResourceName, ResourceReport> then(ResourceSet users) {
    ReadDefinition here = index.find(before.name());
    boolean known =
        here != null && here.resource().versionHash().equals(before.resource().versionHash());
    return known
        ? index.judgeUsersOf(before.name())
        : index.judge(before.alone().over(users)).reports();
  }

  private void compare(Workflow workflow, ResourceReport then, ResourceReport now) {
    Set<String> known = new HashSet<>();
    for (Problem problem : then.problems()) {
      known.add(problem.code() + " " + problem.path());
    }
    for (Problem problem : now.problems()) {
      if (known.contains(problem.code() + " " + problem.path())) {
        continue;
      }
      if (problem.isError()) {
        problems.add(broken(workflow, problem, now));
      } else {
        problems.add(problem);
      }
    }
  }

  private Problem broken(Workflow workflow, Problem problem, ResourceReport now) {
    Edge edge = refuted(now, problem.path());
    return new Problem(
        ProblemCode.BreakingChange,
        Severity.ERROR,
        after.name().toString(),
        blamed(workflow, problem, edge),
        null,
        "It breaks the workflow "
            + workflow.name().name()
            + " at "
            + problem.path()
            + " ("
            + problem.code()
            + "): "
            + problem.message(),
        "Add a new task beside this one and move the workflows over" + ALLOW);
  }

  private static Edge refuted(ResourceReport report, String to) {
    for (Edge edge : report.edges()) {
      if (edge.to().equals(to) && edge.verdict() == Verdict.REFUTED) {
        return edge;
      }
    }
    return null;
  }

  /** Which of the task's schemas is at fault. */
  private String blamed(Workflow workflow, Problem problem, Edge edge) {
    if (!changed(OUTPUT)) {
      return INPUT;
    }
    if (!changed(INPUT) || problem.code() == ProblemCode.UnknownPath) {
      return OUTPUT;
    }
    for (int i = 0; i < workflow.tasks().size(); i++) {
      TaskStep step = workflow.tasks().get(i);
      boolean called = step.taskRef().equals(after.name().name());
      boolean reads = edge != null && edge.from().startsWith("tasks." + step.id() + ".output");
      if (called && !reads && problem.path().startsWith("/spec/tasks/" + i + "/input")) {
        return INPUT;
      }
    }
    return OUTPUT;
  }

  private boolean changed(String schema) {
    return !before.resource().document().at(schema).equals(after.resource().document().at(schema));
  }
}
