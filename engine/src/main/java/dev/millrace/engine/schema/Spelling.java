package dev.millrace.engine.schema;

import java.util.Collection;
import java.util.Locale;

/** Finds the known name nearest to a mistyped one; stateless, used on any thread. */
final class Spelling {
  private static final int LONGEST = 64;

  private Spelling() {}

  /** "did you mean ...?", or null when no known name is near. */
  static String didYouMean(String wrong, Collection<String> known) {
    String nearest = nearest(wrong, known);
    return nearest == null ? null : "did you mean \"" + nearest + "\"?";
  }

  /** The known name with the fewest differences, or null when none is near. */
  static String nearest(String wrong, Collection<String> known) {
    if (wrong.length() > LONGEST) {
      return null;
    }
    String best = null;
    int bestDistance = 1 + Math.max(1, wrong.length() / 3);
    for (String candidate : known) {
      if (Math.abs(candidate.length() - wrong.length()) < bestDistance) {
        int distance = distance(wrong.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
        if (distance < bestDistance) {
          bestDistance = distance;
          best = candidate;
        }
      }
    }
    return best;
  }

  /** Insertions, deletions, replacements and swaps of neighbours that turn one into the other. */
  private static int distance(String left, String right) {
    int[][] cost = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      for (int j = 0; j <= right.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int replace = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
        int least = Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1);
        least = Math.min(least, cost[i - 1][j - 1] + replace);
        if (i > 1
            && j > 1
            && left.charAt(i - 1) == right.charAt(j - 2)
            && left.charAt(i - 2) == right.charAt(j - 1)) {
          least = Math.min(least, cost[i - 2][j - 2] + 1);
        }
        cost[i][j] = least;
      }
    }
    return cost[left.length()][right.length()];
  }
}
