package dev.millrace.engine.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.plan.TestDefinitions;
import dev.millrace.engine.schema.SchemaError;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureJsonTest {
  @Test
  void writesOnlyWhatThereIs() {
    assertThat(FailureJson.of(Failure.of(ErrorCode.NotFound, "nothing here")))
        .isEqualTo(
            TestDefinitions.json(
                "{'type':'"
                    + ErrorCode.NotFound.docs()
                    + "','title':'There is nothing at this path','status':404,"
                    + "'detail':'nothing here','code':'NotFound'}"));
  }

  @Test
  void writesTheTaskThatFailed() {
    var document =
        FailureJson.of(
            Failure.of(ErrorCode.UpstreamStatus, "x").inTask("a", "b", 3, 503).inExecution("id"));

    assertThat(document.get("executionId").stringValue()).isEqualTo("id");
    assertThat(document.get("taskId").stringValue()).isEqualTo("a");
    assertThat(document.get("taskRef").stringValue()).isEqualTo("b");
    assertThat(document.get("attempts").intValue()).isEqualTo(3);
    assertThat(document.get("upstreamStatus").intValue()).isEqualTo(503);
  }

  @Test
  void writesProblemsAndErrors() {
    var problem =
        new Problem(
            ProblemCode.UnknownPath,
            Severity.ERROR,
            "Workflow/default/flow",
            "/spec",
            new SourcePosition("a.yaml", 3, 7),
            "unknown",
            "mend it");
    var document =
        FailureJson.of(
            Failure.of(ErrorCode.WorkflowNotReady, "x")
                .withProblems(List.of(problem))
                .withErrors(List.of(new SchemaError("/a", "type", "must be a string"))));

    assertThat(document.get("problems"))
        .isEqualTo(
            TestDefinitions.json(
                "[{'code':'UnknownPath','severity':'error','resource':'Workflow/default/flow',"
                    + "'path':'/spec','position':{'file':'a.yaml','line':3,'column':7},"
                    + "'message':'unknown','suggestion':'mend it','docs':'"
                    + problem.docs()
                    + "'}]"));
    assertThat(document.get("errors"))
        .isEqualTo(
            TestDefinitions.json("[{'path':'/a','keyword':'type','message':'must be a string'}]"));
  }
}
