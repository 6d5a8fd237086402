package dev.millrace.engine.text;

import java.util.Collection;
import java.util.Locale;

/** Finds what somebody may have meant by a wrong name; stateless, usable on any thread. */
public final class NearestName {
  /** Longer names are not compared: they are no typing mistakes, and the work grows squarely. */
  private static final int MAX_LENGTH = 100;

  /** How many known names a suggestion lists where none is near. */
  private static final int MAX_LISTED = 12;

  private NearestName() {}

  /** The known name nearest to this one, the first of equals; null where none is near. */
  public static String of(String name, Collection<String> known) {
    String best = null;
    int bestDistance = Integer.MAX_VALUE;
    for (String candidate : known) {
      int distance = distance(name, candidate);
      if (distance < bestDistance && distance <= tolerance(name, candidate)) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return best;
  }

  /**
   * A sentence that helps: the nearest name, or all of them where none is near and they are few;
   * null where there is nothing to say.
   */
  public static String suggestion(String name, Collection<String> known) {
    String nearest = of(name, known);
    if (nearest != null) {
      return "Did you mean `" + nearest + "`?";
    }
    return known.isEmpty() || known.size() > MAX_LISTED
        ? null
        : "Known here: " + String.join(", ", known) + ".";
  }

  /** "did you mean ...?" with the nearest name; null where none is near. */
  public static String didYouMean(String name, Collection<String> known) {
    String nearest = of(name, known);
    return nearest == null ? null : "did you mean \"" + nearest + "\"?";
  }

  private static int tolerance(String name, String candidate) {
    int shorter = Math.min(name.length(), candidate.length());
    return shorter <= 3 ? 1 : shorter <= 5 ? 2 : 3;
  }

  /**
   * The number of inserted, deleted, replaced or swapped neighbouring letters between two names
   * (Damerau-Levenshtein, optimal string alignment); letters of another case count as equal.
   */
  static int distance(String left, String right) {
    if (left.length() > MAX_LENGTH || right.length() > MAX_LENGTH) {
      return Integer.MAX_VALUE;
    }
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[] beforePrevious = new int[b.length() + 1];
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int replaced = previous[j - 1] + (same ? 0 : 1);
        int best = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          best = Math.min(best, beforePrevious[j - 2] + 1);
        }
        current[j] = best;
      }
      int[] spare = beforePrevious;
      beforePrevious = previous;
      previous = current;
      current = spare;
    }
    return previous[b.length()];
  }
}
