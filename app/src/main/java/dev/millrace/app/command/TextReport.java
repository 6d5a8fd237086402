package dev.millrace.app.command;

import dev.millrace.app.command.DefinitionFiles.DefinitionFile;
import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.problem.SourcePosition;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Prints findings like a compiler; used by the thread of the command. */
final class TextReport {

  private static final String RED = "\u001b[1;31m";
  private static final String YELLOW = "\u001b[1;33m";
  private static final String BOLD = "\u001b[1m";
  private static final String PLAIN = "\u001b[0m";
  private static final int WIDEST = 160;

  private final PrintWriter out;
  private final boolean colour;
  private final Map<String, List<String>> lines = new HashMap<>();

  private TextReport(PrintWriter out, boolean colour) {
    this.out = out;
    this.colour = colour;
  }

  static void print(Findings findings, PrintWriter out, boolean colour) {
    TextReport report = new TextReport(out, colour);
    for (DefinitionFile file : findings.files()) {
      report.lines.put(file.name(), file.text().lines().toList());
    }
    for (Problem problem : findings.report().problems()) {
      report.print(problem);
    }
    out.println(findings.summary());
  }

  private void print(Problem problem) {
    SourcePosition position = problem.position();
    String place = position == null ? problem.resource() : position.toString();
    out.println(
        styled(BOLD, place + ": ")
            + styled(
                problem.isError() ? RED : YELLOW, problem.severity().label() + " " + problem.code())
            + ": "
            + problem.message());
    if (position != null) {
      source(position);
    }
    if (!problem.resource().equals(position == null ? problem.resource() : position.file())) {
      out.println("  at:   " + problem.resource() + " " + problem.path());
    }
    if (problem.suggestion() != null) {
      out.println("  mend: " + problem.suggestion());
    }
    out.println("  docs: " + problem.docs());
    out.println();
  }

  /** The line with a caret below; a window of it where it is very long. */
  private void source(SourcePosition position) {
    List<String> text = lines.get(position.file());
    if (text == null || position.line() > text.size()) {
      return;
    }
    String line = text.get(position.line() - 1);
    int column = Math.min(position.column() - 1, line.length());
    int from = Math.max(0, Math.min(column - WIDEST / 2, line.length() - WIDEST));
    String window = line.substring(from, Math.min(line.length(), from + WIDEST));
    String number = Integer.toString(position.line());
    out.println("  " + number + " | " + printable(window));
    out.println(
        " ".repeat(number.length() + 2) + " | " + indent(window, column - from) + styled(RED, "^"));
  }

  /** Keeps tabs, so that the caret stands below its character whatever their width is. */
  private static String indent(String line, int column) {
    StringBuilder indent = new StringBuilder();
    for (int at = 0; at < column; at++) {
      indent.append(line.charAt(at) == '\t' ? '\t' : ' ');
    }
    return indent.toString();
  }

  /** A definition must not reach into the terminal with control characters. */
  private static String printable(String line) {
    StringBuilder text = new StringBuilder(line);
    for (int at = 0; at < text.length(); at++) {
      char letter = text.charAt(at);
      if (Character.isISOControl(letter) && letter != '\t') {
        text.setCharAt(at, '\uFFFD');
      }
    }
    return text.toString();
  }

  private String styled(String style, String text) {
    return colour ? style + text + PLAIN : text;
  }
}
