package dev.millrace.engine.validation;

import dev.millrace.engine.definition.ReadResult;
import dev.millrace.engine.definition.ResourceReader;
import dev.millrace.engine.definition.Workflow;
import dev.millrace.engine.definition.WorkflowTask;
import dev.millrace.engine.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of resources whose first comment lines say what the validator must find.
 *
 * <p>{@code # with: FILE} puts the resources of another file in front. {@code # problem: SEVERITY
 * CODE RESOURCE PATH} is one problem, with parts of its {@code message} and {@code mend} on the
 * lines below. {@code # edge: VERDICT FROM -> TO} is one edge of the file's last workflow, or of
 * its last task where there is none, with its {@code witness}; {@code # output:} is the output
 * schema of that resource. All problems must be listed; edges where at least one is.
 */
record Fixture(
    String name, ResourceSet set, List<Expected> problems, List<String> edges, String output) {
  static final Path DIRECTORY = Path.of("src/test/resources/validation");

  /** A problem that must be found. */
  record Expected(String line, List<String> messageParts, List<String> mendParts) {}

  static List<Fixture> all() {
    try (var files = Files.list(DIRECTORY)) {
      return files
          .filter(file -> !file.endsWith("common.yaml"))
          .sorted()
          .map(Fixture::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Fixture read(Path file) {
    String text = text(file);
    ResourceSet set = new ResourceSet(List.of(), List.of());
    List<Expected> problems = new ArrayList<>();
    List<String> edges = new ArrayList<>();
    String output = null;
    for (String line : text.lines().takeWhile(each -> each.startsWith("#")).toList()) {
      String content = line.substring(1).strip();
      String key = content.substring(0, content.indexOf(':'));
      String value = content.substring(content.indexOf(':') + 1).strip();
      switch (key) {
        case "with" -> set = resources(DIRECTORY.resolve(value));
        case "problem" -> problems.add(new Expected(value, new ArrayList<>(), new ArrayList<>()));
        case "message" -> problems.get(problems.size() - 1).messageParts().add(value);
        case "mend" -> problems.get(problems.size() - 1).mendParts().add(value);
        case "edge" -> edges.add(value);
        case "output" -> output = value;
        default -> throw new IllegalArgumentException(file + ": " + line);
      }
    }
    ResourceSet own = resources(file);
    List<Problem> readProblems = new ArrayList<>(set.readProblems());
    readProblems.addAll(own.readProblems());
    var together = new ArrayList<>(set.resources());
    together.addAll(own.resources());
    String name = file.getFileName().toString();
    return new Fixture(name, new ResourceSet(together, readProblems), problems, edges, output);
  }

  private static ResourceSet resources(Path file) {
    ReadResult read = ResourceReader.read(file.getFileName().toString(), text(file), "default");
    return new ResourceSet(read.resources(), read.problems());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The report that edges and output are about. */
  static ResourceReport subject(ValidationReport report) {
    ResourceReport subject = null;
    for (ResourceReport each : report.reports().values()) {
      if (subject == null
          || each.resource() instanceof Workflow
          || subject.resource() instanceof WorkflowTask) {
        subject = each;
      }
    }
    return subject;
  }

  @Override
  public String toString() {
    return name;
  }
}
