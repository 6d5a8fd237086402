package dev.millrace.perf.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Prints a {@link Comparison} as a Markdown table whose columns also line up in a terminal.
 * Stateless.
 */
final class ComparisonTable {

  private ComparisonTable() {}

  static String print(Comparison comparison) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "shape",
            "load",
            "median of",
            comparison.engine(),
            comparison.baseline(),
            "ratio",
            "ratios of the rounds"));
    comparison.ratios().forEach((cell, measures) -> addRows(rows, cell, measures));
    return align(rows);
  }

  private static void addRows(List<List<String>> rows, Cell cell, Map<Measure, Ratio> measures) {
    measures.forEach(
        (measure, ratio) ->
            rows.add(
                List.of(
                    cell.shape().label(),
                    cell.load().label(),
                    measure.label(),
                    number(ratio.engine(), measure.digits()),
                    number(ratio.baseline(), measure.digits()),
                    number(ratio.value(), 2),
                    number(ratio.least(), 2) + " to " + number(ratio.most(), 2))));
  }

  private static String align(List<List<String>> rows) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int column = 0; column < columns; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    StringBuilder table = new StringBuilder();
    for (int index = 0; index < rows.size(); index++) {
      for (int column = 0; column < columns; column++) {
        String cell = rows.get(index).get(column);
        String padding = " ".repeat(widths[column] - cell.length());
        table.append("| ").append(isText(column) ? cell + padding : padding + cell).append(' ');
      }
      table.append("|\n");
      if (index == 0) {
        for (int column = 0; column < columns; column++) {
          String dashes = "-".repeat(widths[column] + 1);
          table.append('|').append(isText(column) ? dashes + "-" : dashes + ":");
        }
        table.append("|\n");
      }
    }
    return table.toString();
  }

  private static boolean isText(int column) {
    return column < 3;
  }

  private static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%,." + digits + "f", value);
  }
}
