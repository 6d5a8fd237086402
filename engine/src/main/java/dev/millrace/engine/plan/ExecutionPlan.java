package dev.millrace.engine.plan;

import dev.millrace.engine.definition.Durability;
import dev.millrace.engine.definition.Workflow;
import dev.millrace.engine.problem.ResourceName;
import dev.millrace.engine.schema.CompiledSchema;
import dev.millrace.engine.task.CompiledTask;
import dev.millrace.engine.template.BoundTemplate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A valid workflow, ready to run: everything that can be decided before the first request is
 * decided here. Made by {@link PlanCompiler}, owned by the catalog, immutable, shared by all event
 * loops.
 *
 * <p>A slot is a task's index in document order; templates, states and facts speak in slots.
 */
public final class ExecutionPlan {
  private final Workflow workflow;
  private final String hash;
  private final PlannedTask[] tasks;
  private final TaskGraph graph;
  private final int[][] effectAncestors;
  private final CompiledSchema inputSchema;
  private final BoundTemplate output;
  private final CompiledSchema outputCheck;
  private final long timeoutMillis;
  private final boolean hasEffects;
  private final PlanSecrets secrets;
  private final PlanSecrets headers;

  /**
   * Puts a plan together.
   *
   * @param tasks in document order
   * @param graph who waits for whom, acyclic
   * @param inputSchema what the workflow's input must match
   * @param output the mapping of the answer
   * @param outputCheck what the answer must match; null when that is proved
   */
  public ExecutionPlan(
      Workflow workflow,
      List<PlannedTask> tasks,
      TaskGraph graph,
      CompiledSchema inputSchema,
      BoundTemplate output,
      CompiledSchema outputCheck) {
    this.workflow = Objects.requireNonNull(workflow);
    this.tasks = tasks.toArray(PlannedTask[]::new);
    this.graph = graph;
    this.inputSchema = inputSchema;
    this.output = output;
    this.outputCheck = outputCheck;
    this.timeoutMillis = workflow.timeout().toMillis();
    if (graph.size() != this.tasks.length || !graph.isAcyclic()) {
      throw new IllegalArgumentException(workflow.name() + " has no order to run its tasks in");
    }
    this.effectAncestors = new int[this.tasks.length][];
    boolean effects = false;
    for (int slot = 0; slot < this.tasks.length; slot++) {
      if (this.tasks[slot].effect()) {
        effects = true;
        effectAncestors[slot] = graph.ancestors(slot);
      }
    }
    this.hasEffects = effects;
    this.hash = hash(workflow, tasks);
    Map<String, CompiledTask> byName = new HashMap<>();
    for (PlannedTask task : tasks) {
      byName.put(task.taskRef(), task.task());
    }
    this.secrets = PlanSecrets.of(workflow, byName::get);
    this.headers = PlanSecrets.headersOf(workflow, byName::get);
  }

  private static String hash(Workflow workflow, List<PlannedTask> tasks) {
    Map<String, String> hashes = new HashMap<>();
    for (PlannedTask task : tasks) {
      hashes.put(task.taskRef(), task.task().definition().versionHash());
    }
    ResourceName name = workflow.name();
    return PlanHash.of(name.namespace(), name.name(), workflow.versionHash(), hashes);
  }

  /** The definition that this was compiled from. */
  public Workflow workflow() {
    return workflow;
  }

  /** Names this plan by its content, see {@link PlanHash}. */
  public String hash() {
    return hash;
  }

  /** The hash of the definition that this was compiled from. */
  public String versionHash() {
    return workflow.versionHash();
  }

  /** What survives a crash. */
  public Durability durability() {
    return workflow.durability();
  }

  /** How many tasks there are. */
  public int taskCount() {
    return tasks.length;
  }

  /** The task at a slot. */
  public PlannedTask task(int slot) {
    return tasks[slot];
  }

  /** The slot of a task's id; -1 when there is none. */
  public int slot(String taskId) {
    for (int slot = 0; slot < tasks.length; slot++) {
      if (tasks[slot].id().equals(taskId)) {
        return slot;
      }
    }
    return -1;
  }

  /** Who waits for whom. */
  public TaskGraph graph() {
    return graph;
  }

  /** Every slot that an effect's slot depends on, directly or not; only to be read. */
  public int[] effectAncestors(int slot) {
    return effectAncestors[slot];
  }

  /** Whether any task may change something at the other side. */
  public boolean hasEffects() {
    return hasEffects;
  }

  /** What the workflow's input must match. */
  public CompiledSchema inputSchema() {
    return inputSchema;
  }

  /** The mapping of the answer. */
  public BoundTemplate output() {
    return output;
  }

  /** What the answer must match; null when that is proved. */
  public CompiledSchema outputCheck() {
    return outputCheck;
  }

  /** What of the values of its executions is sensitive. */
  public PlanSecrets secrets() {
    return secrets;
  }

  /** Where the values of headers that services answered stand: they are never recorded. */
  public PlanSecrets headers() {
    return headers;
  }

  /** How long a whole execution may take. */
  public long timeoutMillis() {
    return timeoutMillis;
  }

  /** How many tasks of one execution may be in flight. */
  public int maxConcurrency() {
    return workflow.maxConcurrency();
  }
}
