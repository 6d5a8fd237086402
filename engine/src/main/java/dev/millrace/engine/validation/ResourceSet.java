package dev.millrace.engine.validation;

import dev.millrace.engine.definition.Resource;
import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.problem.ResourceName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Definitions that are judged together.
 *
 * @param resources in document order
 * @param readProblems what reading them already found
 */
public record ResourceSet(List<Resource> resources, List<Problem> readProblems) {
  public ResourceSet {
    resources = List.copyOf(resources);
    readProblems = List.copyOf(readProblems);
  }

  /**
   * This set on top of what is already there: a resource of this set takes the place of the one of
   * its name. What is there comes first, so that a clash is blamed on what is new.
   */
  public ResourceSet over(ResourceSet base) {
    Set<ResourceName> replaced = new HashSet<>();
    Set<String> replacedNames = new HashSet<>();
    for (Resource resource : resources) {
      replaced.add(resource.name());
      replacedNames.add(resource.name().toString());
    }
    List<Resource> together = new ArrayList<>();
    for (Resource resource : base.resources) {
      if (!replaced.contains(resource.name())) {
        together.add(resource);
      }
    }
    together.addAll(resources);
    List<Problem> problems = new ArrayList<>();
    for (Problem problem : base.readProblems) {
      if (!replacedNames.contains(problem.resource())) {
        problems.add(problem);
      }
    }
    problems.addAll(readProblems);
    return new ResourceSet(together, problems);
  }

  /**
   * The part of this set that lies in some namespaces; what is wrong with files as a whole stays.
   */
  public ResourceSet within(Predicate<String> namespaces) {
    Set<String> leftOut = new HashSet<>();
    List<Resource> kept = new ArrayList<>();
    for (Resource resource : resources) {
      if (namespaces.test(resource.name().namespace())) {
        kept.add(resource);
      } else {
        leftOut.add(resource.name().toString());
      }
    }
    if (leftOut.isEmpty()) {
      return this;
    }
    List<Problem> problems = new ArrayList<>();
    for (Problem problem : readProblems) {
      if (!leftOut.contains(problem.resource())) {
        problems.add(problem);
      }
    }
    return new ResourceSet(kept, problems);
  }
}
