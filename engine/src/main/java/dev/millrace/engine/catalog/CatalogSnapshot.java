package dev.millrace.engine.catalog;

import dev.millrace.engine.definition.Resource;
import dev.millrace.engine.problem.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that is served at one moment; owned by the {@link Catalog}, immutable, read by all
 * threads.
 */
public final class CatalogSnapshot {
  static final CatalogSnapshot EMPTY =
      new CatalogSnapshot(0, List.of(), List.of(), List.of(), List.of());

  private final long generation;
  private final Map<String, Map<String, CatalogEntry>> workflows;
  private final Map<String, Map<String, TaskEntry>> tasks;
  private final List<CatalogEntry> sortedWorkflows;
  private final List<TaskEntry> sortedTasks;
  private final List<Resource> resources;
  private final List<Problem> problems;
  private final int validCount;

  CatalogSnapshot(
      long generation,
      Collection<CatalogEntry> workflowEntries,
      Collection<TaskEntry> taskEntries,
      Collection<Resource> resources,
      List<Problem> problems) {
    this.generation = generation;
    this.workflows = new HashMap<>();
    this.tasks = new HashMap<>();
    Map<String, CatalogEntry> byWorkflowName = new TreeMap<>();
    Map<String, TaskEntry> byTaskName = new TreeMap<>();
    int valid = 0;
    for (CatalogEntry entry : workflowEntries) {
      var name = entry.workflow().name();
      workflows.computeIfAbsent(name.namespace(), key -> new HashMap<>()).put(name.name(), entry);
      byWorkflowName.put(name.toString(), entry);
      valid += entry.ready() ? 1 : 0;
    }
    for (TaskEntry entry : taskEntries) {
      var name = entry.definition().name();
      tasks.computeIfAbsent(name.namespace(), key -> new HashMap<>()).put(name.name(), entry);
      byTaskName.put(name.toString(), entry);
      valid += entry.ready() ? 1 : 0;
    }
    this.sortedWorkflows = List.copyOf(byWorkflowName.values());
    this.sortedTasks = List.copyOf(byTaskName.values());
    this.resources = List.copyOf(resources);
    this.problems = List.copyOf(problems);
    this.validCount = valid;
  }

  /** Counts the updates of the catalog; 0 before the first. */
  public long generation() {
    return generation;
  }

  /** A workflow; null when there is none. */
  public CatalogEntry workflow(String namespace, String name) {
    Map<String, CatalogEntry> names = workflows.get(namespace);
    return names == null ? null : names.get(name);
  }

  /** A WorkflowTask; null when there is none. */
  public TaskEntry task(String namespace, String name) {
    Map<String, TaskEntry> names = tasks.get(namespace);
    return names == null ? null : names.get(name);
  }

  /** All workflows, sorted by namespace and name. */
  public List<CatalogEntry> workflows() {
    return sortedWorkflows;
  }

  /** The workflows of a namespace, sorted by name. */
  public List<CatalogEntry> workflows(String namespace) {
    List<CatalogEntry> found = new ArrayList<>();
    for (CatalogEntry entry : sortedWorkflows) {
      if (entry.workflow().name().namespace().equals(namespace)) {
        found.add(entry);
      }
    }
    return found;
  }

  /** All WorkflowTasks, sorted by namespace and name. */
  public List<TaskEntry> tasks() {
    return sortedTasks;
  }

  /** The WorkflowTasks of a namespace, sorted by name. */
  public List<TaskEntry> tasks(String namespace) {
    List<TaskEntry> found = new ArrayList<>();
    for (TaskEntry entry : sortedTasks) {
      if (entry.definition().name().namespace().equals(namespace)) {
        found.add(entry);
      }
    }
    return found;
  }

  /** The latest definition of every resource, in the order of the source. */
  public List<Resource> resources() {
    return resources;
  }

  /** Every problem of the latest definitions, also those that belong to no resource. */
  public List<Problem> problems() {
    return problems;
  }

  /** How many resources are served as they were written last. */
  public int validCount() {
    return validCount;
  }

  /** How many resources are not served, or in an older version. */
  public int invalidCount() {
    return sortedWorkflows.size() + sortedTasks.size() - validCount;
  }
}
