package dev.millrace.engine.catalog;

import dev.millrace.engine.definition.Resource;
import dev.millrace.engine.definition.TaskStep;
import dev.millrace.engine.definition.Workflow;
import dev.millrace.engine.definition.WorkflowTask;
import dev.millrace.engine.plan.ExecutionPlan;
import dev.millrace.engine.plan.PlanCompiler;
import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.problem.ProblemCode;
import dev.millrace.engine.problem.ResourceKind;
import dev.millrace.engine.problem.ResourceName;
import dev.millrace.engine.problem.Severity;
import dev.millrace.engine.task.CompiledTask;
import dev.millrace.engine.validation.ResourceReport;
import dev.millrace.engine.validation.ValidationReport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the next snapshot of the catalog out of the one before and new definitions; used once, on
 * the thread that updates the catalog.
 *
 * <p>What did not change is kept as it is, compiled schemas and plans included. What is not valid
 * is served in its last good version.
 */
final class CatalogBuilder {
  private static final Logger LOG = LoggerFactory.getLogger(CatalogBuilder.class);

  private final CatalogSnapshot previous;
  private final Collection<Resource> resources;
  private final ValidationReport validation;
  private final Map<ResourceName, TaskEntry> tasks = new LinkedHashMap<>();
  private final Map<ResourceName, CatalogEntry> workflows = new LinkedHashMap<>();
  private final Map<ResourceName, Problem> compileProblems = new LinkedHashMap<>();

  private CatalogBuilder(
      CatalogSnapshot previous, Collection<Resource> resources, ValidationReport validation) {
    this.previous = previous;
    this.resources = resources;
    this.validation = validation;
  }

  static CatalogSnapshot build(
      CatalogSnapshot previous, Collection<Resource> resources, ValidationReport validation) {
    return new CatalogBuilder(previous, resources, validation).build();
  }

  private CatalogSnapshot build() {
    Map<ResourceName, Set<String>> usedBy = usedBy();
    for (ResourceReport report : validation.reports().values()) {
      if (report.resource() instanceof WorkflowTask task) {
        Set<String> users = usedBy.get(task.name());
        tasks.put(task.name(), taskEntry(task, report, users == null ? Set.of() : users));
      }
    }
    for (ResourceReport report : validation.reports().values()) {
      if (report.resource() instanceof Workflow workflow) {
        workflows.put(workflow.name(), workflowEntry(workflow, report));
      }
    }
    List<Problem> problems = new ArrayList<>(validation.problems());
    problems.addAll(compileProblems.values());
    CatalogSnapshot next =
        new CatalogSnapshot(
            previous.generation() + 1, workflows.values(), tasks.values(), resources, problems);
    CatalogChanges.log(LOG, previous, next);
    return next;
  }

  private Map<ResourceName, Set<String>> usedBy() {
    Map<ResourceName, Set<String>> users = new LinkedHashMap<>();
    for (Resource resource : resources) {
      if (resource instanceof Workflow workflow) {
        for (TaskStep step : workflow.tasks()) {
          users
              .computeIfAbsent(taskName(workflow, step.taskRef()), key -> new TreeSet<>())
              .add(workflow.name().name());
        }
      }
    }
    return users;
  }

  private static ResourceName taskName(Workflow workflow, String taskRef) {
    return new ResourceName(ResourceKind.WorkflowTask, workflow.name().namespace(), taskRef);
  }

  private TaskEntry taskEntry(WorkflowTask task, ResourceReport report, Collection<String> usedBy) {
    TaskEntry before = previous.task(task.name().namespace(), task.name().name());
    CompiledTask served = before == null ? null : before.compiled();
    List<String> users = List.copyOf(usedBy);
    if (!report.valid()) {
      return new TaskEntry(task, report, report.problems(), served, false, users);
    }
    if (served != null && served.definition().versionHash().equals(task.versionHash())) {
      return new TaskEntry(task, report, report.problems(), served, true, users);
    }
    try {
      CompiledTask compiled = CompiledTask.compile(task);
      return new TaskEntry(task, report, report.problems(), compiled, true, users);
    } catch (RuntimeException fault) {
      List<Problem> problems = withFault(report, task.name(), fault);
      return new TaskEntry(task, report, problems, served, false, users);
    }
  }

  private CatalogEntry workflowEntry(Workflow workflow, ResourceReport report) {
    CatalogEntry before = previous.workflow(workflow.name().namespace(), workflow.name().name());
    ExecutionPlan served = before == null ? null : before.plan();
    if (!report.valid()) {
      return new CatalogEntry(workflow, report, report.problems(), served, false);
    }
    List<Problem> broken = problemsOfTasks(workflow);
    if (!broken.isEmpty()) {
      List<Problem> problems = new ArrayList<>(report.problems());
      problems.addAll(broken);
      return new CatalogEntry(workflow, report, problems, served, false);
    }
    if (served != null && isCurrent(served, workflow)) {
      return new CatalogEntry(workflow, report, report.problems(), served, true);
    }
    try {
      ExecutionPlan plan = PlanCompiler.compile(workflow, report, name -> compiled(workflow, name));
      return new CatalogEntry(workflow, report, report.problems(), plan, true);
    } catch (RuntimeException fault) {
      List<Problem> problems = withFault(report, workflow.name(), fault);
      return new CatalogEntry(workflow, report, problems, served, false);
    }
  }

  /**
   * The errors of the tasks that a workflow calls, because of which it cannot be compiled as it is
   * written now: it was proved against definitions that cannot be served.
   */
  private List<Problem> problemsOfTasks(Workflow workflow) {
    List<Problem> problems = new ArrayList<>();
    Set<String> seen = new TreeSet<>();
    for (TaskStep step : workflow.tasks()) {
      TaskEntry task = tasks.get(taskName(workflow, step.taskRef()));
      if (task != null && !isServedAsWritten(task) && seen.add(step.taskRef())) {
        for (Problem problem : task.problems()) {
          if (problem.isError()) {
            problems.add(problem);
          }
        }
      }
    }
    return problems;
  }

  /**
   * Whether the definition that workflows are judged against is the one that is compiled; so it is
   * also for a task whose file has become unreadable, and which is therefore not ready.
   */
  private static boolean isServedAsWritten(TaskEntry task) {
    return task.compiled() != null
        && task.compiled().definition().versionHash().equals(task.definition().versionHash());
  }

  private CompiledTask compiled(Workflow workflow, String taskRef) {
    TaskEntry task = tasks.get(taskName(workflow, taskRef));
    return task == null ? null : task.compiled();
  }

  private boolean isCurrent(ExecutionPlan plan, Workflow workflow) {
    if (!plan.versionHash().equals(workflow.versionHash())) {
      return false;
    }
    for (int slot = 0; slot < plan.taskCount(); slot++) {
      if (plan.task(slot).task() != compiled(workflow, plan.task(slot).taskRef())) {
        return false;
      }
    }
    return true;
  }

  /** The validator has let something through that cannot be compiled: our fault, but shown. */
  private List<Problem> withFault(
      ResourceReport report, ResourceName name, RuntimeException fault) {
    LOG.atError()
        .setCause(fault)
        .addKeyValue("resource", name)
        .log("A definition passed validation but cannot be compiled");
    Problem problem =
        new Problem(
            ProblemCode.InvalidResource,
            Severity.ERROR,
            name.toString(),
            "",
            report.resource().source().position(""),
            "the definition cannot be compiled; this is a fault of Millrace, please report it",
            null);
    compileProblems.put(name, problem);
    List<Problem> problems = new ArrayList<>(report.problems());
    problems.add(problem);
    return problems;
  }
}
