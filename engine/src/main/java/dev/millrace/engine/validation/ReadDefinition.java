package dev.millrace.engine.validation;

import dev.millrace.engine.definition.ReadResult;
import dev.millrace.engine.definition.Resource;
import dev.millrace.engine.definition.Workflow;
import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.problem.ResourceKind;
import dev.millrace.engine.problem.ResourceName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A definition that was read on its own, as those of a cluster are; an immutable value.
 *
 * @param readProblems what reading it found
 * @param since epoch milliseconds at which it got its name: of two that claim the same route the
 *     older one has it
 */
public record ReadDefinition(Resource resource, List<Problem> readProblems, long since) {
  public ReadDefinition {
    Objects.requireNonNull(resource);
    readProblems = List.copyOf(readProblems);
  }

  /** What reading one resource gave; null where it could not be named. */
  public static ReadDefinition of(ReadResult read, long since) {
    return read.resources().isEmpty()
        ? null
        : new ReadDefinition(read.resources().get(0), read.problems(), since);
  }

  /** Its full name. */
  public ResourceName name() {
    return resource.name();
  }

  /** A set of this one alone. */
  public ResourceSet alone() {
    return new ResourceSet(List.of(resource), readProblems);
  }

  /** Whether another one differs at most in its age; the same text, read again, may not. */
  @SuppressWarnings("ReferenceEquality") // comparing documents costs as much as judging them
  boolean saysTheSameAs(ReadDefinition other) {
    return resource == other.resource && readProblems.equals(other.readProblems);
  }

  /** The tasks that it calls, in the order of its steps; empty for a task. */
  public Set<ResourceName> uses() {
    Set<ResourceName> names = new LinkedHashSet<>();
    if (resource instanceof Workflow workflow) {
      workflow
          .tasks()
          .forEach(
              step ->
                  names.add(
                      new ResourceName(
                          ResourceKind.WorkflowTask, name().namespace(), step.taskRef())));
    }
    return names;
  }

  /**
   * What two workflows cannot both have as their route; null without a route. Names of parameters
   * make no difference.
   */
  String routeKey() {
    return resource instanceof Workflow workflow && workflow.route() != null
        ? workflow.route().method() + " " + workflow.route().path().replaceAll("\\{[^/]*}", "{}")
        : null;
  }
}
