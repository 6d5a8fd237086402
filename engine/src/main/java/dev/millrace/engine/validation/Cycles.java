package dev.millrace.engine.validation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Finds the elementary cycles of a small graph; lives for one workflow, on the validating thread.
 *
 * <p>Each cycle is found once, from its first node, which is the one with the lowest number. The
 * search is bounded, since a dense graph has more cycles than anybody can read.
 */
final class Cycles {
  private static final int MOST_CYCLES = 20;
  private static final int MOST_STEPS = 100_000;

  private final int[][] successors;
  private final List<List<Integer>> predecessors;
  private final List<int[]> found = new ArrayList<>();
  private final int[] path;
  private final BitSet onPath;
  private int stepsLeft = MOST_STEPS;

  private Cycles(int[][] successors) {
    this.successors = successors;
    this.predecessors = reversed(successors);
    this.path = new int[successors.length];
    this.onPath = new BitSet(successors.length);
  }

  /** The cycles, each as its nodes in order, without the repeated first one at the end. */
  static List<int[]> of(int[][] successors) {
    Cycles search = new Cycles(successors);
    for (int start = 0; start < successors.length && !search.isExhausted(); start++) {
      BitSet leadingBack = search.leadingTo(start);
      if (leadingBack.get(start)) {
        search.extend(start, start, 0, leadingBack);
      }
    }
    return search.found;
  }

  private boolean isExhausted() {
    return found.size() >= MOST_CYCLES || stepsLeft <= 0;
  }

  private void extend(int start, int node, int depth, BitSet leadingBack) {
    path[depth] = node;
    onPath.set(node);
    for (int next : successors[node]) {
      if (isExhausted()) {
        break;
      }
      stepsLeft--;
      if (next == start) {
        int[] cycle = new int[depth + 1];
        System.arraycopy(path, 0, cycle, 0, depth + 1);
        found.add(cycle);
      } else if (next > start && leadingBack.get(next) && !onPath.get(next)) {
        extend(start, next, depth + 1, leadingBack);
      }
    }
    onPath.clear(node);
  }

  /** The nodes from {@code start} upwards from which a walk over such nodes reaches it. */
  private BitSet leadingTo(int start) {
    BitSet leading = new BitSet(successors.length);
    int[] waiting = new int[successors.length + 1];
    int count = 0;
    waiting[count++] = start;
    while (count > 0) {
      for (int node : predecessors.get(waiting[--count])) {
        if (node >= start && !leading.get(node)) {
          leading.set(node);
          waiting[count++] = node;
        }
      }
    }
    return leading;
  }

  private static List<List<Integer>> reversed(int[][] successors) {
    List<List<Integer>> predecessors = new ArrayList<>(successors.length);
    for (int node = 0; node < successors.length; node++) {
      predecessors.add(new ArrayList<>());
    }
    for (int node = 0; node < successors.length; node++) {
      for (int next : successors[node]) {
        predecessors.get(next).add(node);
      }
    }
    return predecessors;
  }
}
