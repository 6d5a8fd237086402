package dev.millrace.app.command;

import dev.millrace.app.command.DefinitionFiles.DefinitionFile;
import dev.millrace.engine.definition.ReadResult;
import dev.millrace.engine.definition.Resource;
import dev.millrace.engine.definition.ResourceReader;
import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.validation.DefinitionValidator;
import dev.millrace.engine.validation.Edge;
import dev.millrace.engine.validation.ResourceReport;
import dev.millrace.engine.validation.ResourceSet;
import dev.millrace.engine.validation.ValidationReport;
import dev.millrace.engine.validation.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What validation found in some files, judged together; immutable, made by the thread of the
 * command.
 */
record Findings(List<DefinitionFile> files, ValidationReport report) {

  Findings {
    files = List.copyOf(files);
    Objects.requireNonNull(report);
  }

  static Findings of(List<DefinitionFile> files, String namespace) {
    List<Resource> resources = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (DefinitionFile file : files) {
      ReadResult read = ResourceReader.read(file.name(), file.text(), namespace);
      resources.addAll(read.resources());
      problems.addAll(read.problems());
    }
    return new Findings(files, DefinitionValidator.validate(new ResourceSet(resources, problems)));
  }

  int errors() {
    return (int) report.problems().stream().filter(Problem::isError).count();
  }

  int warnings() {
    return report.problems().size() - errors();
  }

  List<Edge> edges() {
    List<Edge> edges = new ArrayList<>();
    for (ResourceReport resource : report.reports().values()) {
      edges.addAll(resource.edges());
    }
    return edges;
  }

  /** One line: how much was looked at, and what came out. */
  String summary() {
    List<Edge> edges = edges();
    long proved = edges.stream().filter(edge -> edge.verdict() == Verdict.PROVED).count();
    String result =
        errors() + warnings() == 0
            ? "no problems"
            : count(errors(), "error") + ", " + count(warnings(), "warning");
    return count(files.size(), "file")
        + ", "
        + count(report.reports().size(), "resource")
        + ", "
        + proved
        + " of "
        + count(edges.size(), "edge")
        + " proved: "
        + result;
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
