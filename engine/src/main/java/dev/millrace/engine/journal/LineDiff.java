package dev.millrace.engine.journal;

import java.util.ArrayList;
import java.util.List;

/**
 * A unified diff of two lists of lines, by their longest common subsequence; stateless.
 *
 * <p>What both begin and end with is set aside first. Where the rest is too large to compare line
 * by line, it is shown as replaced whole: right, only longer than it need be.
 */
final class LineDiff {
  private static final int CONTEXT = 3;
  private static final long MAX_CELLS = 4_000_000;

  /** One line of the answer before it is cut into hunks: ' ' kept, '-' removed, '+' added. */
  private record Step(char kind, String line) {}

  private LineDiff() {}

  /** The diff, or the empty text when both are the same. */
  static String between(List<String> before, List<String> after) {
    return before.equals(after) ? "" : hunks(steps(before, after));
  }

  private static List<Step> steps(List<String> before, List<String> after) {
    int start = 0;
    int shorter = Math.min(before.size(), after.size());
    while (start < shorter && before.get(start).equals(after.get(start))) {
      start++;
    }
    int same = 0;
    while (same < shorter - start
        && before.get(before.size() - 1 - same).equals(after.get(after.size() - 1 - same))) {
      same++;
    }
    List<Step> steps = new ArrayList<>(before.size() + after.size());
    addAll(steps, ' ', before.subList(0, start));
    compare(
        steps,
        before.subList(start, before.size() - same),
        after.subList(start, after.size() - same));
    addAll(steps, ' ', before.subList(before.size() - same, before.size()));
    return steps;
  }

  private static void compare(List<Step> steps, List<String> before, List<String> after) {
    int rows = before.size();
    int columns = after.size();
    if ((rows + 1L) * (columns + 1L) > MAX_CELLS) {
      addAll(steps, '-', before);
      addAll(steps, '+', after);
      return;
    }
    int[][] common = new int[rows + 1][columns + 1];
    for (int row = rows - 1; row >= 0; row--) {
      for (int column = columns - 1; column >= 0; column--) {
        common[row][column] =
            before.get(row).equals(after.get(column))
                ? common[row + 1][column + 1] + 1
                : Math.max(common[row + 1][column], common[row][column + 1]);
      }
    }
    int row = 0;
    int column = 0;
    while (row < rows && column < columns) {
      if (before.get(row).equals(after.get(column))) {
        steps.add(new Step(' ', before.get(row)));
        row++;
        column++;
      } else if (common[row + 1][column] >= common[row][column + 1]) {
        steps.add(new Step('-', before.get(row++)));
      } else {
        steps.add(new Step('+', after.get(column++)));
      }
    }
    addAll(steps, '-', before.subList(row, rows));
    addAll(steps, '+', after.subList(column, columns));
  }

  private static void addAll(List<Step> steps, char kind, List<String> lines) {
    for (String line : lines) {
      steps.add(new Step(kind, line));
    }
  }

  private static String hunks(List<Step> steps) {
    StringBuilder text = new StringBuilder();
    int beforeLine = 1;
    int afterLine = 1;
    int index = 0;
    while (index < steps.size()) {
      int end = hunkEnd(steps, index);
      if (end == index) {
        beforeLine++;
        afterLine++;
        index++;
        continue;
      }
      int removed = count(steps, index, end, '-');
      int added = count(steps, index, end, '+');
      int kept = end - index - removed - added;
      header(text, beforeLine, kept + removed, afterLine, kept + added);
      for (Step step : steps.subList(index, end)) {
        text.append(step.kind()).append(step.line()).append('\n');
      }
      beforeLine += kept + removed;
      afterLine += kept + added;
      index = end;
    }
    return text.toString();
  }

  /** Where the hunk that begins here ends; the same place when none begins here. */
  private static int hunkEnd(List<Step> steps, int start) {
    int lastChange = -1;
    for (int index = start; index < steps.size(); index++) {
      int since = lastChange < 0 ? start - 1 : lastChange;
      int reach = lastChange < 0 ? CONTEXT : 2 * CONTEXT;
      if (index - since - 1 > reach) {
        break;
      }
      if (steps.get(index).kind() != ' ') {
        lastChange = index;
      }
    }
    return lastChange < 0 ? start : Math.min(steps.size(), lastChange + 1 + CONTEXT);
  }

  private static int count(List<Step> steps, int from, int to, char kind) {
    int count = 0;
    for (int index = from; index < to; index++) {
      if (steps.get(index).kind() == kind) {
        count++;
      }
    }
    return count;
  }

  /** A side without lines begins before its first line, as patch tools expect. */
  private static void header(
      StringBuilder text, int beforeLine, int beforeCount, int afterLine, int afterCount) {
    text.append("@@ -")
        .append(beforeCount == 0 ? beforeLine - 1 : beforeLine)
        .append(',')
        .append(beforeCount)
        .append(" +")
        .append(afterCount == 0 ? afterLine - 1 : afterLine)
        .append(',')
        .append(afterCount)
        .append(" @@\n");
  }
}
