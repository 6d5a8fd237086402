package dev.millrace.engine.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.json.Json;
import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.schema.CompiledSchema;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DefinitionValidatorTest {
  static List<Fixture> fixtures() {
    return Fixture.all();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void findsWhatTheFileSays(Fixture fixture) throws Exception {
    ValidationReport report = DefinitionValidator.validate(fixture.set());

    assertThat(report.problems().stream().map(DefinitionValidatorTest::line).toList())
        .as(() -> described(report.problems()))
        .containsExactlyElementsOf(
            fixture.problems().stream().map(Fixture.Expected::line).toList());
    for (int i = 0; i < fixture.problems().size(); i++) {
      Problem problem = report.problems().get(i);
      assertThat(problem.position()).isNotNull();
      assertThat(problem.message()).contains(fixture.problems().get(i).messageParts());
      for (String part : fixture.problems().get(i).mendParts()) {
        assertThat(problem.suggestion()).contains(part);
      }
    }
    ResourceReport last = Fixture.subject(report);
    if (!fixture.edges().isEmpty()) {
      assertThat(last.edges().stream().map(DefinitionValidatorTest::line).toList())
          .containsExactlyElementsOf(fixture.edges());
    }
    if (fixture.output() != null) {
      assertThat(Json.toText(last.outputSchema())).isEqualTo(fixture.output());
    }
    if (last.outputSchema() != null && last.valid()) {
      CompiledSchema.compile(last.outputSchema());
    }
  }

  private static String line(Problem problem) {
    return problem.severity().label()
        + " "
        + problem.code()
        + " "
        + problem.resource()
        + " "
        + problem.path();
  }

  private static String line(Edge edge) {
    return edge.verdict().label()
        + " "
        + edge.from()
        + " -> "
        + edge.to()
        + (edge.witness() == null ? "" : " witness " + Json.toText(edge.witness()));
  }

  private static String described(List<Problem> problems) {
    StringBuilder text = new StringBuilder("\n");
    for (Problem problem : problems) {
      text.append("# problem: ").append(line(problem));
      text.append("\n#   message: ").append(problem.message());
      text.append("\n#   mend: ").append(problem.suggestion()).append('\n');
    }
    return text.toString();
  }
}
