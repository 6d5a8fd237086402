package dev.millrace.engine.validation;

import dev.millrace.engine.definition.Resource;
import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.problem.ResourceName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges a set of definitions that is given as a whole after each change, as those of a directory
 * are; one for each such set, used on its owner's thread.
 *
 * <p>What is the same object as the last time, and is not concerned by what changed, is not judged
 * again.
 */
public final class RepeatedValidation {
  private final DefinitionIndex index;

  /** Makes one that has seen nothing yet. */
  public RepeatedValidation() {
    this(new DefinitionIndex());
  }

  RepeatedValidation(DefinitionIndex index) {
    this.index = index;
  }

  /** Judges the set as {@link DefinitionValidator} would. */
  public ValidationReport validate(ResourceSet set) {
    Map<String, List<Problem>> readProblems = new HashMap<>();
    set.resources().forEach(each -> readProblems.put(each.name().toString(), new ArrayList<>()));
    if (readProblems.size() < set.resources().size()) {
      // An index has one definition of a name. Two are an error, which is not the usual case.
      return DefinitionValidator.validate(set);
    }
    List<Problem> problems = new ArrayList<>();
    set.readProblems()
        .forEach(each -> readProblems.getOrDefault(each.resource(), problems).add(each));
    Map<ResourceName, ReadDefinition> definitions = new LinkedHashMap<>();
    for (Resource resource : set.resources()) {
      List<Problem> own = readProblems.get(resource.name().toString());
      definitions.put(resource.name(), new ReadDefinition(resource, own, definitions.size()));
    }
    index.names().stream().filter(name -> !definitions.containsKey(name)).forEach(index::remove);
    definitions.values().forEach(index::put);
    ValidationReport report = index.judgeAll();
    problems.addAll(report.problems());
    return new ValidationReport(report.reports(), problems);
  }
}
