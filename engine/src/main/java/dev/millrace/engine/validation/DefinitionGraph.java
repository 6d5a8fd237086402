package dev.millrace.engine.validation;

import dev.millrace.engine.problem.ResourceKind;
import dev.millrace.engine.problem.ResourceName;
import dev.millrace.engine.text.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Definitions by name, and who depends on whom: callers on their tasks, and rivals for a route on
 * each other. Owned by a {@link DefinitionIndex}, used under its lock only.
 */
final class DefinitionGraph {
  /** How many tasks are named to whom names an unknown one. */
  private static final int PROPOSED = 13;

  private static final Comparator<ResourceName> BY_NAME =
      Comparator.comparing(ResourceName::toString);

  private final Map<ResourceName, ReadDefinition> byName = new HashMap<>();
  private final Map<ResourceName, Set<ResourceName>> users = new HashMap<>();
  private final Map<String, Set<ResourceName>> routed = new HashMap<>();
  private final TreeMap<String, TreeMap<String, ReadDefinition>> tasks = new TreeMap<>();

  /** Adds a definition whose name is free. */
  void add(ReadDefinition definition) {
    ResourceName name = definition.name();
    byName.put(name, definition);
    if (name.kind() == ResourceKind.WorkflowTask) {
      tasks.computeIfAbsent(name.namespace(), key -> new TreeMap<>()).put(name.name(), definition);
    }
    definition.uses().forEach(task -> named(users, task).add(name));
    if (definition.routeKey() != null) {
      named(routed, definition.routeKey()).add(name);
    }
  }

  /** Takes a definition out; it, or null when there was none. */
  ReadDefinition remove(ResourceName name) {
    ReadDefinition before = byName.remove(name);
    if (before != null) {
      if (name.kind() == ResourceKind.WorkflowTask) {
        tasks.get(name.namespace()).remove(name.name());
      }
      before.uses().forEach(task -> unname(users, task, name));
      if (before.routeKey() != null) {
        unname(routed, before.routeKey(), name);
      }
    }
    return before;
  }

  ReadDefinition find(ResourceName name) {
    return byName.get(name);
  }

  Collection<ReadDefinition> all() {
    return byName.values();
  }

  Collection<ResourceName> names() {
    return byName.keySet();
  }

  /** The workflows that call a task, sorted, whether it is here or not. */
  Set<ResourceName> usersOf(ResourceName task) {
    return users.getOrDefault(task, Set.of());
  }

  /** The other workflows that claim the route of a definition, sorted. */
  List<ResourceName> competitorsOf(ReadDefinition definition) {
    String key = definition.routeKey();
    List<ResourceName> others =
        new ArrayList<>(key == null ? Set.of() : routed.getOrDefault(key, Set.of()));
    others.remove(definition.name());
    return others;
  }

  /**
   * Whose judgement may be another one after a change that was made: the definition's own, and
   * those of whom it is part.
   *
   * @param before null when it was not there
   * @param after null when it is gone
   */
  Set<ResourceName> concernedBy(ReadDefinition before, ReadDefinition after) {
    Set<ResourceName> concerned = new HashSet<>();
    for (ReadDefinition each : new ReadDefinition[] {before, after}) {
      if (each != null) {
        concerned.add(each.name());
        concerned.addAll(usersOf(each.name()));
        concerned.addAll(competitorsOf(each));
      }
    }
    if (before == null || after == null) {
      concerned.addAll(mistaken(before == null ? after.name() : before.name()));
    }
    return concerned;
  }

  /** Who names an unknown task, and may have been told of a task that comes or goes. */
  private Set<ResourceName> mistaken(ResourceName proposed) {
    Set<ResourceName> mistaken = new HashSet<>();
    if (proposed.kind() == ResourceKind.WorkflowTask) {
      users.forEach(
          (task, callers) -> {
            boolean near =
                task.namespace().equals(proposed.namespace())
                    || task.name().equals(proposed.name());
            if (near && !byName.containsKey(task)) {
              mistaken.addAll(callers);
            }
          });
    }
    return mistaken;
  }

  /** Gathers a definition, which takes the place of the one of its name, and what it depends on. */
  void gather(ReadDefinition subject, Map<ResourceName, ReadDefinition> together) {
    together.put(subject.name(), subject);
    competitorsOf(subject).forEach(name -> together.putIfAbsent(name, byName.get(name)));
    for (ResourceName task : subject.uses()) {
      ReadDefinition definition = byName.get(task);
      if (definition != null) {
        together.put(task, definition);
      } else {
        propose(task, together);
      }
    }
  }

  /** Adds the tasks that are spoken of where an unknown one is named. */
  private void propose(ResourceName unknown, Map<ResourceName, ReadDefinition> together) {
    Map<String, ReadDefinition> known = tasks.getOrDefault(unknown.namespace(), new TreeMap<>());
    String nearest = NearestName.of(unknown.name(), known.keySet());
    if (nearest != null) {
      together.put(known.get(nearest).name(), known.get(nearest));
      return;
    }
    known.values().stream()
        .limit(PROPOSED)
        .forEach(each -> together.putIfAbsent(each.name(), each));
    tasks.values().stream()
        .map(elsewhere -> elsewhere.get(unknown.name()))
        .filter(Objects::nonNull)
        .findFirst()
        .ifPresent(each -> together.put(each.name(), each));
  }

  private static <K> Set<ResourceName> named(Map<K, Set<ResourceName>> names, K key) {
    return names.computeIfAbsent(key, absent -> new TreeSet<>(BY_NAME));
  }

  private static <K> void unname(Map<K, Set<ResourceName>> names, K key, ResourceName name) {
    Set<ResourceName> left = names.get(key);
    left.remove(name);
    if (left.isEmpty()) {
      names.remove(key);
    }
  }
}
