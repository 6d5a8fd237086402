package dev.millrace.engine.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.schema.SchemaError;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailureTest {
  @Test
  void keeps_what_was_added() {
    Problem problem =
        new Problem(
            ProblemCode.TypeMismatch,
            Severity.WARNING,
            "Workflow/n/w",
            "/spec",
            new SourcePosition("f.yaml", 2, 3),
            "message",
            null);
    SchemaError error = new SchemaError("/a", "type", "must be a string");

    Failure failure =
        Failure.of(ErrorCode.UpstreamStatus, "detail")
            .withErrors(List.of(error))
            .withProblems(List.of(problem))
            .withRetryAfter(Duration.ofSeconds(1))
            .inTask("user", "fetch-user", 3, 503)
            .inExecution("id");

    assertThat(failure)
        .isEqualTo(
            new Failure(
                ErrorCode.UpstreamStatus,
                "detail",
                "id",
                "user",
                "fetch-user",
                3,
                503,
                List.of(problem),
                List.of(error),
                Duration.ofSeconds(1)));
    assertThat(problem.position()).hasToString("f.yaml:2:3");
    assertThat(problem.severity().label()).isEqualTo("warning");
  }

  @Test
  void travels_as_an_exception_without_a_stack_trace() {
    FailureException e = Failure.of(ErrorCode.Draining, "later").exception();

    assertThat(e).hasMessage("Draining: later");
    assertThat(e.failure().code()).isEqualTo(ErrorCode.Draining);
    assertThat(e.getStackTrace()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void every_error_code_says_who_must_act_and_where_to_read(ErrorCode code) {
    assertThat(code.status()).isBetween(400, 504);
    assertThat(code.title()).isNotBlank().doesNotEndWith(".");
    assertThat(code.category()).isNotNull();
    assertThat(code.docs()).endsWith("/" + code.name());
  }

  @ParameterizedTest
  @EnumSource(ProblemCode.class)
  void every_problem_code_has_a_page(ProblemCode code) {
    Problem problem = new Problem(code, Severity.ERROR, "r", "", null, "m", null);

    assertThat(problem.docs()).endsWith("/" + code.name());
  }
}
