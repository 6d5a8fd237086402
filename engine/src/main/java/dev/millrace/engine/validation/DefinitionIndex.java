package dev.millrace.engine.validation;

import dev.millrace.engine.definition.Resource;
import dev.millrace.engine.problem.NearestName;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Definitions that come and go one by one, and who uses whom; kept up to date by the source that
 * owns it, usable on any thread.
 *
 * <p>It hands out the few of them that the judgement of one depends on, so that a change costs what
 * it concerns and not what there is.
 */
public final class DefinitionIndex {
  /** How many tasks are named to whom names an unknown one. */
  private static final int PROPOSED = 13;

  private static final Comparator<ReadDefinition> BY_AGE =
      Comparator.comparingLong(ReadDefinition::since)
          .thenComparing(definition -> definition.name().toString());

  private static final Comparator<ResourceName> BY_NAME =
      Comparator.comparing(ResourceName::toString);

  private final TaskJudgements judgements = new TaskJudgements();
  private final Map<ResourceName, ReadDefinition> byName = new HashMap<>();
  private final Map<ResourceName, Set<ResourceName>> users = new HashMap<>();
  private final Map<String, Set<ResourceName>> routed = new HashMap<>();
  private final Map<String, TreeMap<String, ReadDefinition>> tasks = new HashMap<>();

  /** Adds a definition, or replaces the one of its name; the one before, or null. */
  public synchronized ReadDefinition put(ReadDefinition definition) {
    ReadDefinition before = remove(definition.name());
    ResourceName name = definition.name();
    byName.put(name, definition);
    if (name.kind() == ResourceKind.WorkflowTask) {
      judgements.hold(definition.resource());
      tasks.computeIfAbsent(name.namespace(), key -> new TreeMap<>()).put(name.name(), definition);
    }
    definition.uses().forEach(task -> named(users, task).add(name));
    if (definition.routeKey() != null) {
      named(routed, definition.routeKey()).add(name);
    }
    return before;
  }

  /** A copy that goes its own way, to ask what would be. */
  public synchronized DefinitionIndex copy() {
    DefinitionIndex copy = new DefinitionIndex();
    byName.values().forEach(copy::put);
    copy.judgements.addAll(judgements);
    return copy;
  }

  /** Takes a definition out; it, or null when there was none. */
  public synchronized ReadDefinition remove(ResourceName name) {
    ReadDefinition before = byName.remove(name);
    if (before != null) {
      if (name.kind() == ResourceKind.WorkflowTask) {
        judgements.release(before.resource());
        tasks.get(name.namespace()).remove(name.name());
      }
      before.uses().forEach(task -> forget(users, task, name));
      if (before.routeKey() != null) {
        forget(routed, before.routeKey(), name);
      }
    }
    return before;
  }

  /** A definition, or null. */
  public synchronized ReadDefinition find(ResourceName name) {
    return byName.get(name);
  }

  /** The workflows that call a task, sorted. */
  public synchronized List<ResourceName> usersOf(ResourceName task) {
    return List.copyOf(users.getOrDefault(task, Set.of()));
  }

  /** The other workflows that claim the route of a definition, sorted. */
  public synchronized List<ResourceName> competitorsOf(ReadDefinition definition) {
    String key = definition.routeKey();
    List<ResourceName> others =
        new ArrayList<>(key == null ? Set.of() : routed.getOrDefault(key, Set.of()));
    others.remove(definition.name());
    return others;
  }

  /** The names of all definitions, in no order. */
  public synchronized Collection<ResourceName> names() {
    return List.copyOf(byName.keySet());
  }

  /** All definitions, the oldest first. */
  public synchronized ResourceSet all() {
    return set(byName.values());
  }

  /**
   * A definition with those that its judgement depends on: the tasks that it calls and the
   * workflows with the same route, older ones first. It takes the place of the one of its name.
   */
  synchronized ResourceSet around(ReadDefinition subject) {
    Map<ResourceName, ReadDefinition> together = new LinkedHashMap<>();
    gather(subject, together);
    return set(together.values());
  }

  /** The workflows that call a task, with what their judgement depends on. */
  synchronized ResourceSet aroundUsersOf(ResourceName task) {
    Map<ResourceName, ReadDefinition> together = new LinkedHashMap<>();
    usersOf(task).forEach(user -> gather(byName.get(user), together));
    return set(together.values());
  }

  private void gather(ReadDefinition subject, Map<ResourceName, ReadDefinition> together) {
    together.put(subject.name(), subject);
    competitorsOf(subject).forEach(name -> together.putIfAbsent(name, byName.get(name)));
    TreeMap<String, ReadDefinition> known =
        tasks.getOrDefault(subject.name().namespace(), new TreeMap<>());
    for (ResourceName task : subject.uses()) {
      ReadDefinition definition = byName.get(task);
      if (definition != null) {
        together.put(task, definition);
      } else {
        propose(task.name(), known, together);
      }
    }
  }

  /**
   * Judges a definition against what is here, as {@link DefinitionValidator} would judge it among
   * all; what was found before for the tasks that are here is not looked for again.
   */
  public ResourceReport judge(ReadDefinition subject) {
    return judge(around(subject)).reports().get(subject.name());
  }

  /** Judges a set that may hold definitions of this index. */
  ValidationReport judge(ResourceSet set) {
    return new SetValidation(set, judgements).judge();
  }

  private static void propose(
      String unknown,
      Map<String, ReadDefinition> known,
      Map<ResourceName, ReadDefinition> together) {
    String nearest = NearestName.of(unknown, known.keySet());
    if (nearest != null) {
      together.put(known.get(nearest).name(), known.get(nearest));
    }
    known.values().stream()
        .limit(PROPOSED)
        .forEach(each -> together.putIfAbsent(each.name(), each));
  }

  private static ResourceSet set(Collection<ReadDefinition> definitions) {
    List<ReadDefinition> sorted = new ArrayList<>(definitions);
    sorted.sort(BY_AGE);
    List<Resource> resources = new ArrayList<>(sorted.size());
    List<Problem> problems = new ArrayList<>();
    for (ReadDefinition definition : sorted) {
      resources.add(definition.resource());
      problems.addAll(definition.readProblems());
    }
    return new ResourceSet(resources, problems);
  }

  private static <K> Set<ResourceName> named(Map<K, Set<ResourceName>> names, K key) {
    return names.computeIfAbsent(key, absent -> new TreeSet<>(BY_NAME));
  }

  private static <K> void forget(Map<K, Set<ResourceName>> names, K key, ResourceName name) {
    Set<ResourceName> left = names.get(key);
    left.remove(name);
    if (left.isEmpty()) {
      names.remove(key);
    }
  }
}
