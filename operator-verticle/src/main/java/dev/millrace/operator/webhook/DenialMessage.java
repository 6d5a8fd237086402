package dev.millrace.operator.webhook;

import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.problem.ProblemCode;
import dev.millrace.engine.problem.ResourceName;
import java.util.ArrayList;
import java.util.List;

/** Says what is wrong to a person at a terminal; stateless, usable on any thread. */
final class DenialMessage {
  /** How many problems and warnings are shown. */
  private static final int SHOWN = 20;

  /** How long one text may be; values of a witness are short, but names need not be. */
  private static final int LONGEST = 1_000;

  /** The API server cuts warnings off where all of them are long. */
  private static final int LONGEST_WARNING = 240;

  private DenialMessage() {}

  /** All errors among some problems, each with its place, its mend and its page. */
  static String of(ResourceName subject, List<Problem> problems) {
    List<Problem> errors = problems.stream().filter(Problem::isError).toList();
    StringBuilder text = new StringBuilder();
    text.append(subject)
        .append(errors.size() == 1 ? " has a problem:" : " has " + errors.size() + " problems:");
    for (Problem problem : errors.subList(0, Math.min(SHOWN, errors.size()))) {
      append(text, subject, problem);
    }
    if (errors.size() > SHOWN) {
      text.append("\n\n... and ").append(errors.size() - SHOWN).append(" more.");
    }
    if (has(errors, ProblemCode.UnknownTaskRef)) {
      text.append(
          "\n\nIf the task comes with the same apply, apply again: it is accepted once the task is"
              + " there.");
    }
    return text.append('\n').toString();
  }

  private static void append(StringBuilder text, ResourceName subject, Problem problem) {
    text.append("\n\n").append(problem.code());
    if (!problem.path().isEmpty()) {
      text.append(" at ").append(plain(problem.path()));
    }
    if (!problem.resource().equals(subject.toString())) {
      text.append(" of ").append(plain(problem.resource()));
    }
    text.append("\n  ").append(plain(problem.message()));
    if (problem.suggestion() != null) {
      text.append("\n  mend: ").append(plain(problem.suggestion()));
    }
    text.append("\n  docs: ").append(problem.docs());
  }

  /** All warnings among some problems, each in a line. */
  static List<String> warnings(ResourceName subject, List<Problem> problems) {
    List<String> lines = new ArrayList<>();
    int count = 0;
    for (Problem problem : problems) {
      if (!problem.isError() && ++count <= SHOWN) {
        lines.add(line(subject, problem));
      }
    }
    if (count > SHOWN) {
      lines.add("... and " + (count - SHOWN) + " more warnings");
    }
    return lines;
  }

  /** One problem in a line, as a warning. */
  static String line(ResourceName subject, Problem problem) {
    String of = problem.resource().equals(subject.toString()) ? "" : problem.resource() + " ";
    String place = (of + problem.path()).strip();
    String line = problem.code() + ": " + (place.isEmpty() ? "" : place + ": ") + problem.message();
    return cut(plain(line), LONGEST_WARNING);
  }

  private static boolean has(List<Problem> problems, ProblemCode code) {
    return problems.stream().anyMatch(problem -> problem.code() == code);
  }

  /** A definition must not reach into the terminal with control characters. */
  private static String plain(String given) {
    StringBuilder text = new StringBuilder(cut(given, LONGEST));
    for (int at = 0; at < text.length(); at++) {
      if (Character.isISOControl(text.charAt(at))) {
        text.setCharAt(at, '\uFFFD');
      }
    }
    return text.toString();
  }

  private static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    return text.substring(0, end) + "...";
  }
}
