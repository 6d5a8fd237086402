package dev.millrace.engine.plan;

import dev.millrace.engine.definition.Workflow;
import dev.millrace.engine.plan.Estimates.TaskEstimate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How long an execution may take by what history says of its tasks: the slowest chain. Without
 * samples of a task it counts as taking no time, and the whole is not known. Made for one dry run.
 */
final class DryRunEstimate {
  private final Workflow workflow;
  private final TaskEstimate[] tasks;
  private final int[] slowestBefore;
  private final double[] p50;
  private final double[] p95;
  private final boolean known;
  private int last = -1;

  private DryRunEstimate(Workflow workflow, TaskGraph graph, TaskEstimate[] tasks) {
    this.workflow = workflow;
    this.tasks = tasks;
    this.slowestBefore = new int[tasks.length];
    this.p50 = new double[tasks.length];
    this.p95 = new double[tasks.length];
    boolean all = graph.isAcyclic();
    int[] length = new int[tasks.length];
    for (int slot : graph.order()) {
      all &= tasks[slot].samples() > 0;
      slowestBefore[slot] = -1;
      for (int dependency : graph.dependencies(slot)) {
        if (slowestBefore[slot] < 0 || isLonger(length, dependency, slowestBefore[slot])) {
          slowestBefore[slot] = dependency;
        }
      }
      int before = slowestBefore[slot];
      p50[slot] = value(tasks[slot].p50Millis()) + (before < 0 ? 0 : p50[before]);
      p95[slot] = value(tasks[slot].p95Millis()) + (before < 0 ? 0 : p95[before]);
      length[slot] = 1 + (before < 0 ? 0 : length[before]);
      if (last < 0 || isLonger(length, slot, last)) {
        last = slot;
      }
    }
    this.known = all && tasks.length > 0;
  }

  static DryRunEstimate of(Workflow workflow, TaskGraph graph, Estimates estimates) {
    TaskEstimate[] tasks = new TaskEstimate[graph.size()];
    for (int slot = 0; slot < tasks.length; slot++) {
      tasks[slot] = estimates.task(workflow.tasks().get(slot).id());
    }
    return new DryRunEstimate(workflow, graph, tasks);
  }

  /** By time, and by the number of tasks where no time is known. */
  private boolean isLonger(int[] length, int slot, int other) {
    int byTime = Double.compare(p50[slot], p50[other]);
    return byTime != 0 ? byTime > 0 : length[slot] > length[other];
  }

  private static double value(Double millis) {
    return millis == null ? 0 : millis;
  }

  void write(int slot, ObjectNode node) {
    TaskEstimate task = tasks[slot];
    node.put("p50Ms", task.p50Millis());
    node.put("p95Ms", task.p95Millis());
    node.put("samples", task.samples());
  }

  void write(ObjectNode node) {
    ArrayNode path = node.putArray("criticalPath");
    for (int slot = last; slot >= 0; slot = slowestBefore[slot]) {
      path.insert(0, workflow.tasks().get(slot).id());
    }
    node.put("p50Ms", known ? (Double) p50[last] : null);
    node.put("p95Ms", known ? (Double) p95[last] : null);
  }
}
