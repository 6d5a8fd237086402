package dev.millrace.engine.validation;

import dev.millrace.engine.definition.Resource;
import dev.millrace.engine.definition.Workflow;
import dev.millrace.engine.definition.WorkflowTask;
import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.problem.ProblemCode;
import dev.millrace.engine.problem.ResourceName;
import dev.millrace.engine.problem.SourcePosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Judges one set of resources: tasks first, then the workflows that use them; used once, by {@link
 * DefinitionValidator}, on the caller's thread.
 */
final class SetValidation {
  private final List<Resource> resources;
  private final List<Problem> readProblems;
  private final TaskJudgements judgements;
  private final Schemas schemas = new Schemas();
  private final TaskIndex tasks = new TaskIndex();
  private final RouteRules routes = new RouteRules(schemas);

  /** The first resource of each name. */
  private final Map<ResourceName, Resource> first = new HashMap<>();

  /**
   * Makes it.
   *
   * @param judgements what is known of some of the tasks already
   */
  SetValidation(ResourceSet set, TaskJudgements judgements) {
    this.judgements = judgements;
    this.resources = set.resources();
    this.readProblems = set.readProblems();
    resources.forEach(resource -> first.putIfAbsent(resource.name(), resource));
  }

  ValidationReport judge() {
    List<Problem> ofNoResource = new ArrayList<>();
    List<List<Problem>> read = readProblemsOfEach(ofNoResource);
    ResourceReport[] reports = new ResourceReport[resources.size()];
    List<Findings> findings = new ArrayList<>(resources.size());
    for (int i = 0; i < reports.length; i++) {
      findings.add(new Findings(resources.get(i), read.get(i)));
      duplicate(resources.get(i), findings.get(i));
    }
    for (int i = 0; i < reports.length; i++) {
      if (resources.get(i) instanceof WorkflowTask task) {
        boolean isFirst = first.get(task.name()) == task;
        TaskJudgements.Judgement judgement = isFirst ? judgements.find(task) : null;
        if (judgement == null) {
          JudgedTask judged = new TaskValidation(task, schemas, findings.get(i)).judge();
          judgement = new TaskJudgements.Judgement(findings.get(i).report(null), judged);
        }
        reports[i] = judgement.report();
        if (isFirst) {
          judgements.keep(task, judgement);
          tasks.add(judgement.task());
        }
      }
    }
    for (int i = 0; i < reports.length; i++) {
      if (resources.get(i) instanceof Workflow workflow) {
        JsonNode output =
            new WorkflowValidation(workflow, tasks, routes, schemas, findings.get(i)).judge();
        reports[i] = findings.get(i).report(output);
      }
    }
    return assemble(ofNoResource, reports);
  }

  private void duplicate(Resource resource, Findings findings) {
    Resource other = first.get(resource.name());
    if (other == resource) {
      return;
    }
    SourcePosition position = other.source().position("");
    ResourceName name = resource.name();
    findings.error(
        ProblemCode.DuplicateId,
        "/metadata/name",
        "There already is a "
            + name.kind()
            + " \""
            + name.name()
            + "\" in the namespace \""
            + name.namespace()
            + "\""
            + (position == null ? "" : ", at " + position),
        "Rename one of the two, or remove it.");
  }

  /** A name that comes twice has one report: that of its first resource, with all problems. */
  private ValidationReport assemble(List<Problem> ofNoResource, ResourceReport[] reports) {
    Map<ResourceName, ResourceReport> byName = new LinkedHashMap<>();
    List<Problem> all = new ArrayList<>(ofNoResource);
    for (ResourceReport report : reports) {
      all.addAll(report.problems());
      byName.merge(report.resource().name(), report, SetValidation::withProblemsOf);
    }
    return new ValidationReport(byName, all);
  }

  private static ResourceReport withProblemsOf(ResourceReport kept, ResourceReport twin) {
    List<Problem> both = new ArrayList<>(kept.problems());
    both.addAll(twin.problems());
    return new ResourceReport(kept.resource(), both, kept.edges(), kept.outputSchema());
  }

  /** Gives the problems of reading to the resources that they speak of. */
  private List<List<Problem>> readProblemsOfEach(List<Problem> ofNoResource) {
    Map<String, List<Integer>> byName = new HashMap<>();
    List<List<Problem>> each = new ArrayList<>(resources.size());
    for (int i = 0; i < resources.size(); i++) {
      each.add(new ArrayList<>());
      byName.computeIfAbsent(resources.get(i).name().toString(), name -> new ArrayList<>()).add(i);
    }
    for (Problem problem : readProblems) {
      List<Integer> owners = byName.get(problem.resource());
      if (owners == null) {
        ofNoResource.add(problem);
      } else {
        each.get(owners.size() == 1 ? owners.get(0) : ownerOf(problem, owners)).add(problem);
      }
    }
    return each;
  }

  /** Of resources of one name, the last one that begins before the problem in the same text. */
  private int ownerOf(Problem problem, List<Integer> owners) {
    int owner = owners.get(0);
    for (int candidate : owners) {
      SourcePosition start = resources.get(candidate).source().position("");
      SourcePosition place = problem.position();
      if (start != null
          && place != null
          && start.file().equals(place.file())
          && start.line() <= place.line()) {
        owner = candidate;
      }
    }
    return owner;
  }
}
