package dev.millrace.engine.validation;

import dev.millrace.engine.definition.Resource;
import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.problem.ResourceKind;
import dev.millrace.engine.problem.ResourceName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Definitions that come and go one by one, who uses whom, and what was found for each; kept up to
 * date by the source that owns it, usable on any thread.
 *
 * <p>It judges a definition together with the few others that this depends on, and keeps what it
 * found until one of them changes. So a change costs what it concerns and not what there is.
 */
public final class DefinitionIndex {
  private static final Comparator<ReadDefinition> BY_AGE =
      Comparator.comparingLong(ReadDefinition::since)
          .thenComparing(definition -> definition.name().toString());

  private final BiFunction<ResourceSet, TaskJudgements, ValidationReport> validator;
  private final TaskJudgements judgements = new TaskJudgements();
  private final DefinitionGraph graph = new DefinitionGraph();
  private final Map<ResourceName, Finding> findings = new HashMap<>();

  /** Makes an empty one. */
  public DefinitionIndex() {
    this((set, known) -> new SetValidation(set, known).judge());
  }

  DefinitionIndex(BiFunction<ResourceSet, TaskJudgements, ValidationReport> validator) {
    this.validator = validator;
  }

  /** A place for what is found; whoever is concerned by a change gets a new one. */
  private static final class Finding {
    volatile ResourceReport report;
  }

  /** Adds a definition, or replaces the one of its name; the one before, or null. */
  public synchronized ReadDefinition put(ReadDefinition definition) {
    ReadDefinition before = graph.find(definition.name());
    boolean same = before != null && before.saysTheSameAs(definition);
    if (same && before.since() == definition.since()) {
      return before;
    }
    graph.remove(definition.name());
    if (before != null && !same) {
      judgements.release(before.resource());
    }
    add(definition);
    if (!same || !graph.competitorsOf(definition).isEmpty()) {
      forget(before, definition);
    }
    return before;
  }

  private void add(ReadDefinition definition) {
    graph.add(definition);
    if (definition.name().kind() == ResourceKind.WorkflowTask) {
      judgements.hold(definition.resource());
    }
  }

  /** Takes a definition out; it, or null when there was none. */
  public synchronized ReadDefinition remove(ResourceName name) {
    ReadDefinition before = graph.remove(name);
    if (before != null) {
      judgements.release(before.resource());
      forget(before, null);
    }
    return before;
  }

  private void forget(ReadDefinition before, ReadDefinition after) {
    if (!findings.isEmpty()) {
      graph.concernedBy(before, after).forEach(findings::remove);
    }
  }

  /** A copy that goes its own way, to ask what would be. */
  public synchronized DefinitionIndex copy() {
    DefinitionIndex copy = new DefinitionIndex(validator);
    graph.all().forEach(copy::add);
    copy.judgements.addAll(judgements);
    copy.findings.putAll(findings);
    return copy;
  }

  /** A definition, or null. */
  public synchronized ReadDefinition find(ResourceName name) {
    return graph.find(name);
  }

  /** The workflows that call a task, sorted. */
  public synchronized List<ResourceName> usersOf(ResourceName task) {
    return List.copyOf(graph.usersOf(task));
  }

  /** The other workflows that claim the route of a definition, sorted. */
  public synchronized List<ResourceName> competitorsOf(ReadDefinition definition) {
    return graph.competitorsOf(definition);
  }

  /** The names of all definitions, in no order. */
  public synchronized Collection<ResourceName> names() {
    return List.copyOf(graph.names());
  }

  /** All definitions, the oldest first. */
  synchronized ResourceSet all() {
    return set(graph.all());
  }

  /**
   * A definition with those that its judgement depends on: the tasks that it calls and the
   * workflows with the same route, older ones first. It takes the place of the one of its name.
   */
  synchronized ResourceSet around(ReadDefinition subject) {
    return around(List.of(subject));
  }

  /** The workflows that call a task, with what their judgement depends on. */
  synchronized ResourceSet aroundUsersOf(ResourceName task) {
    return around(callersOf(task));
  }

  private ResourceSet around(Collection<ReadDefinition> subjects) {
    Map<ResourceName, ReadDefinition> together = new LinkedHashMap<>();
    subjects.forEach(subject -> graph.gather(subject, together));
    return set(together.values());
  }

  private List<ReadDefinition> callersOf(ResourceName task) {
    return graph.usersOf(task).stream().map(graph::find).toList();
  }

  /**
   * Judges a definition against what is here, as {@link DefinitionValidator} would judge it among
   * all; what was found before, for it or for the tasks that are here, is not looked for again.
   */
  public ResourceReport judge(ReadDefinition subject) {
    return answer(question(List.of(subject))).get(subject.name());
  }

  /** Judges all definitions as they stand at one moment, the oldest first. */
  public ValidationReport judgeAll() {
    Map<ResourceName, ResourceReport> reports = answer(questionOfAll());
    List<Problem> problems = new ArrayList<>();
    reports.values().forEach(report -> problems.addAll(report.problems()));
    return new ValidationReport(reports, problems);
  }

  /** Judges the workflows that call a task. */
  Map<ResourceName, ResourceReport> judgeUsersOf(ResourceName task) {
    return answer(questionOfUsersOf(task));
  }

  /** Judges a set that may hold definitions of this index. */
  ValidationReport judge(ResourceSet set) {
    return validator.apply(set, judgements);
  }

  /**
   * What is known of some definitions at one moment, and all it takes to find the rest.
   *
   * @param around empty where nothing is left to be found
   */
  private record Question(Map<ResourceName, Finding> asked, ResourceSet around) {}

  private synchronized Question questionOfAll() {
    return question(sorted(graph.all()));
  }

  private synchronized Question questionOfUsersOf(ResourceName task) {
    return question(callersOf(task));
  }

  private synchronized Question question(Collection<ReadDefinition> subjects) {
    Map<ResourceName, Finding> asked = new LinkedHashMap<>();
    List<ReadDefinition> unknown = new ArrayList<>();
    for (ReadDefinition subject : subjects) {
      Finding finding =
          isHere(subject)
              ? findings.computeIfAbsent(subject.name(), absent -> new Finding())
              : new Finding();
      asked.put(subject.name(), finding);
      if (finding.report == null) {
        unknown.add(subject);
      }
    }
    return new Question(asked, around(unknown));
  }

  /** What is only proposed has nothing kept. */
  private boolean isHere(ReadDefinition subject) {
    ReadDefinition here = graph.find(subject.name());
    return here != null && here.since() == subject.since() && here.saysTheSameAs(subject);
  }

  /** Not under the lock: judging takes its time. All at once, so that each proof is made once. */
  private Map<ResourceName, ResourceReport> answer(Question question) {
    Map<ResourceName, ResourceReport> found =
        question.around().resources().isEmpty() ? Map.of() : judge(question.around()).reports();
    Map<ResourceName, ResourceReport> answer = new LinkedHashMap<>();
    question
        .asked()
        .forEach(
            (name, finding) -> {
              if (finding.report == null) {
                finding.report = found.get(name);
              }
              answer.put(name, finding.report);
            });
    return answer;
  }

  private static ResourceSet set(Collection<ReadDefinition> definitions) {
    List<Resource> resources = new ArrayList<>(definitions.size());
    List<Problem> problems = new ArrayList<>();
    for (ReadDefinition definition : sorted(definitions)) {
      resources.add(definition.resource());
      problems.addAll(definition.readProblems());
    }
    return new ResourceSet(resources, problems);
  }

  private static List<ReadDefinition> sorted(Collection<ReadDefinition> definitions) {
    List<ReadDefinition> sorted = new ArrayList<>(definitions);
    sorted.sort(BY_AGE);
    return sorted;
  }
}
