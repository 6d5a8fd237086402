package dev.millrace.perf.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.definition.Workflow;
import dev.millrace.engine.problem.ResourceName;
import dev.millrace.engine.validation.DefinitionValidator;
import dev.millrace.engine.validation.Edge;
import dev.millrace.engine.validation.ResourceReport;
import dev.millrace.engine.validation.ResourceSet;
import dev.millrace.engine.validation.ValidationReport;
import dev.millrace.engine.validation.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MeasuredDefinitionsTest {

  private static final MeasuredDefinitions DEFINITIONS = MeasuredDefinitions.forUpstream(18_080);

  @Test
  void holdEveryFileOfTheDirectory() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("definitions"))) {
      assertThat(DEFINITIONS.texts().keySet())
          .containsExactlyInAnyOrderElementsOf(
              files.map(file -> file.getFileName().toString()).toList());
    }
    assertThat(DEFINITIONS.texts().values()).noneMatch(text -> text.contains("{PORT}"));
  }

  @Test
  void haveNoProblemAtAll() {
    ResourceSet resources = DEFINITIONS.resources();

    ValidationReport report = DefinitionValidator.validate(resources);

    assertThat(report.problems()).isEmpty();
    assertThat(report.reports()).hasSize(18);
    assertThat(report.reports().values()).allMatch(ResourceReport::valid);
  }

  /** An edge that is not proved is checked at run time: a cost that the measured shapes lack. */
  @Test
  void haveEveryEdgeProved() {
    ValidationReport report = DefinitionValidator.validate(DEFINITIONS.resources());

    List<Edge> edges =
        report.reports().values().stream().flatMap(one -> one.edges().stream()).toList();

    assertThat(edges).isNotEmpty().allMatch(edge -> edge.verdict() == Verdict.PROVED);
    assertThat(
            report.reports().values().stream()
                .filter(one -> one.resource() instanceof Workflow && !one.edges().isEmpty())
                .map(one -> one.resource().name())
                .map(ResourceName::name))
        .containsExactlyInAnyOrder(
            "single", "chain3", "chain3-20ms", "fan10", "diamond", "large", "reads3");
  }
}
