package dev.millrace.engine.plan;

import java.util.Arrays;

/**
 * Who waits for whom in a workflow, as arrays over slots; made by the plan compiler, immutable,
 * shared by all executions of a plan. A slot is a task's index in document order.
 *
 * <p>The arrays are handed out as they are, because copying them would cost every execution: they
 * may only be read.
 */
public final class TaskGraph {
  private final int[][] dependencies;
  private final int[][] dependents;
  private final int[] levels;
  private final int[] order;
  private final int levelCount;

  private TaskGraph(
      int[][] dependencies, int[][] dependents, int[] levels, int[] order, int levelCount) {
    this.dependencies = dependencies;
    this.dependents = dependents;
    this.levels = levels;
    this.order = order;
    this.levelCount = levelCount;
  }

  /**
   * Orders the slots. Slots in a cycle, and those behind one, get no level and no place in the
   * order, so that an invalid workflow can still be shown.
   *
   * @param dependencies for each slot the slots that must end before it, without repetition
   */
  public static TaskGraph of(int[][] dependencies) {
    int count = dependencies.length;
    int[][] forward = new int[count][];
    int[] open = new int[count];
    for (int slot = 0; slot < count; slot++) {
      forward[slot] = dependencies[slot].clone();
      open[slot] = forward[slot].length;
    }
    int[][] backward = invert(forward);
    int[] levels = new int[count];
    Arrays.fill(levels, -1);
    int[] order = new int[count];
    int placed = 0;
    int level = 0;
    int levelStart = 0;
    for (int slot = 0; slot < count; slot++) {
      if (open[slot] == 0) {
        levels[slot] = 0;
        order[placed++] = slot;
      }
    }
    while (levelStart < placed) {
      int levelEnd = placed;
      level++;
      for (int index = levelStart; index < levelEnd; index++) {
        for (int dependent : backward[order[index]]) {
          if (--open[dependent] == 0) {
            levels[dependent] = level;
            order[placed++] = dependent;
          }
        }
      }
      Arrays.sort(order, levelEnd, placed);
      levelStart = levelEnd;
    }
    return new TaskGraph(forward, backward, levels, Arrays.copyOf(order, placed), level);
  }

  private static int[][] invert(int[][] dependencies) {
    int[] counts = new int[dependencies.length];
    for (int[] ofOne : dependencies) {
      for (int dependency : ofOne) {
        counts[dependency]++;
      }
    }
    int[][] dependents = new int[dependencies.length][];
    for (int slot = 0; slot < dependents.length; slot++) {
      dependents[slot] = new int[counts[slot]];
    }
    int[] filled = new int[dependencies.length];
    for (int slot = 0; slot < dependencies.length; slot++) {
      for (int dependency : dependencies[slot]) {
        dependents[dependency][filled[dependency]++] = slot;
      }
    }
    return dependents;
  }

  /** How many tasks there are. */
  public int size() {
    return dependencies.length;
  }

  /** The slots that must end before this one; only to be read. */
  public int[] dependencies(int slot) {
    return dependencies[slot];
  }

  /** The slots that wait for this one, ascending; only to be read. */
  public int[] dependents(int slot) {
    return dependents[slot];
  }

  /** The length of the longest chain before the slot; -1 in or behind a cycle. */
  public int level(int slot) {
    return levels[slot];
  }

  /** How many levels there are. */
  public int levelCount() {
    return levelCount;
  }

  /** A topological order: by level, in document order within it; only to be read. */
  public int[] order() {
    return order;
  }

  /** Whether every slot has its place in the order. */
  public boolean isAcyclic() {
    return order.length == dependencies.length;
  }

  /** Every slot that must end before this one, directly or not, ascending. */
  public int[] ancestors(int slot) {
    boolean[] found = new boolean[size()];
    int[] stack = new int[size()];
    int depth = 0;
    int count = 0;
    int current = slot;
    while (true) {
      for (int dependency : dependencies[current]) {
        if (!found[dependency]) {
          found[dependency] = true;
          count++;
          stack[depth++] = dependency;
        }
      }
      if (depth == 0) {
        break;
      }
      current = stack[--depth];
    }
    int[] ancestors = new int[count];
    int filled = 0;
    for (int candidate = 0; candidate < found.length; candidate++) {
      if (found[candidate]) {
        ancestors[filled++] = candidate;
      }
    }
    return ancestors;
  }
}
