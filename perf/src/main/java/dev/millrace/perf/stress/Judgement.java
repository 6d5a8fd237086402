package dev.millrace.perf.stress;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What was expected of a run and what came out, line by line. Filled by one test, printed at its
 * end; used on the main thread.
 */
public final class Judgement {

  /** One expectation. */
  private record Line(boolean holds, String text) {}

  private final List<Line> lines = new ArrayList<>();

  /** A value that may be at most so large. */
  public void atMost(String what, double value, double limit) {
    add(value <= limit, what, value, "at most", limit);
  }

  /** A value that must be at least so large. */
  public void atLeast(String what, double value, double limit) {
    add(value >= limit, what, value, "at least", limit);
  }

  /** Something that must not have happened even once. */
  public void none(String what, long count) {
    lines.add(new Line(count == 0, what + ": " + count + " (expected none)"));
  }

  /** Two counts that must agree. */
  void same(String what, long value, long expected) {
    lines.add(new Line(value == expected, what + ": " + value + " (expected " + expected + ")"));
  }

  private void add(boolean holds, String what, double value, String relation, double limit) {
    // A ratio of nothing is no number, and no success.
    lines.add(
        new Line(
            holds && !Double.isNaN(value),
            String.format(Locale.ROOT, "%s: %.2f (%s %.2f)", what, value, relation, limit)));
  }

  public boolean holds() {
    return !lines.isEmpty() && lines.stream().allMatch(Line::holds);
  }

  public void print(PrintStream out) {
    for (Line line : lines) {
      out.println((line.holds() ? "  ok    " : "  FAILS ") + line.text());
    }
  }
}
