package dev.millrace.engine.schema.proof;

import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Transition;

/** Spells out a few of the texts that an automaton accepts; lives for one question. */
final class AcceptedTexts {
  private static final int MOST_CELLS = 300_000;
  private static final int MOST_EXAMPLES = 12;
  private static final String PLEASANT = "aA0b1 -_.x";

  private final Automaton automaton;
  private final Budget budget;

  AcceptedTexts(Automaton automaton, Budget budget) {
    this.automaton = automaton;
    this.budget = budget;
  }

  /**
   * Texts between two lengths, the shortest first; none if there is none, null if that took too
   * long.
   *
   * <p>A text longer than {@code shortest} and the number of states passes one state twice, so a
   * shorter one is accepted too: no need to look further.
   */
  List<String> examples(int shortest, int longest) {
    int states = automaton.getNumStates();
    int lastLength = (int) Math.min(longest, (long) shortest + states);
    if ((long) (lastLength + 1) * states > MOST_CELLS) {
      return null;
    }
    List<int[]> cameFrom = new ArrayList<>();
    List<int[]> cameBy = new ArrayList<>();
    boolean[] reached = new boolean[states];
    reached[0] = true;
    List<String> examples = new ArrayList<>();
    for (int length = 0; length <= lastLength; length++) {
      if (length >= shortest) {
        collect(examples, reached, length, cameFrom, cameBy);
        if (examples.size() >= MOST_EXAMPLES) {
          return examples;
        }
      }
      reached = step(reached, cameFrom, cameBy);
    }
    return examples;
  }

  private boolean[] step(boolean[] reached, List<int[]> cameFrom, List<int[]> cameBy) {
    int states = automaton.getNumStates();
    boolean[] next = new boolean[states];
    int[] from = new int[states];
    int[] by = new int[states];
    Transition transition = new Transition();
    for (int state = 0; state < states; state++) {
      if (!reached[state]) {
        continue;
      }
      int count = automaton.initTransition(state, transition);
      budget.spend(1 + count / 8);
      for (int i = 0; i < count; i++) {
        automaton.getNextTransition(transition);
        int character = pleasant(transition.min, transition.max);
        if (!next[transition.dest] || isBetter(character, by[transition.dest])) {
          next[transition.dest] = true;
          from[transition.dest] = state;
          by[transition.dest] = character;
        }
      }
    }
    cameFrom.add(from);
    cameBy.add(by);
    return next;
  }

  private void collect(
      List<String> examples,
      boolean[] reached,
      int length,
      List<int[]> cameFrom,
      List<int[]> cameBy) {
    for (int state = 0; state < reached.length; state++) {
      if (reached[state] && automaton.isAccept(state) && examples.size() < MOST_EXAMPLES) {
        int[] characters = new int[length];
        int at = state;
        for (int i = length - 1; i >= 0; i--) {
          characters[i] = cameBy.get(i)[at];
          at = cameFrom.get(i)[at];
        }
        examples.add(new String(characters, 0, length));
      }
    }
  }

  private static boolean isBetter(int left, int right) {
    int leftRank = PLEASANT.indexOf(left);
    int rightRank = PLEASANT.indexOf(right);
    return leftRank >= 0 && (rightRank < 0 || leftRank < rightRank);
  }

  /**
   * A character out of a range that reads well, and never half of a surrogate pair if avoidable.
   */
  private static int pleasant(int first, int last) {
    for (int i = 0; i < PLEASANT.length(); i++) {
      if (PLEASANT.charAt(i) >= first && PLEASANT.charAt(i) <= last) {
        return PLEASANT.charAt(i);
      }
    }
    int from = Math.max(first, '!');
    int character = from <= last ? from : first;
    boolean isHalf = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    return isHalf && last > Character.MAX_SURROGATE ? Character.MAX_SURROGATE + 1 : character;
  }
}
