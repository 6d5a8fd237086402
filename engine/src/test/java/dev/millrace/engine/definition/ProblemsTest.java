package dev.millrace.engine.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.problem.ProblemCode;
import dev.millrace.engine.problem.SourcePosition;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProblemsTest {
  private static SourcePosition at(int line, int column) {
    return new SourcePosition("f", line, column);
  }

  @Test
  void orders_problems_by_their_place() {
    SourceMap source =
        new SourceMap(Map.of("", at(1, 1), "/a", at(3, 4), "/b", at(2, 9)), Map.of("/a", at(3, 1)));
    Problems problems = new Problems("Workflow/n/w", source);

    problems.error(ProblemCode.TypeMismatch, "/a", "first of a", null);
    problems.errorAtKey(ProblemCode.UnknownField, "/a", "at the key", "Mend it.");
    problems.warning(ProblemCode.UnprovedType, "/b/x", "below b", null);
    problems.error(ProblemCode.MaybeAbsent, "/a/0", "second of a", null);

    assertThat(problems.size()).isEqualTo(4);
    assertThat(problems.inDocumentOrder())
        .extracting(Problem::message)
        .containsExactly("below b", "at the key", "first of a", "second of a");
    assertThat(problems.inDocumentOrder().get(0).isError()).isFalse();
  }

  @Test
  void problems_without_a_place_keep_their_order() {
    Problems problems = new Problems("Workflow/n/w", SourceMap.NONE);

    problems.error(ProblemCode.TypeMismatch, "/b", "first", null);
    problems.error(ProblemCode.TypeMismatch, "/a", "second", null);

    assertThat(problems.inDocumentOrder())
        .extracting(Problem::message)
        .containsExactly("first", "second");
  }
}
