package dev.millrace.engine.execution;

import static dev.millrace.engine.plan.TestDefinitions.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.journal.TaskStatus;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.plan.TestDefinitions;
import dev.millrace.engine.problem.FailureException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExecutionResultJsonTest {
  private final ExecutionResult result =
      new ExecutionResult(
          "0199",
          "flow",
          "sha256:x",
          ExecutionStatus.Succeeded,
          json("{'a':1}"),
          1_795_424_400_123_456L,
          12_400_400L,
          List.of(
              new TaskResult(
                  "user",
                  "fetch-user",
                  TaskStatus.Succeeded,
                  2,
                  1_795_424_400_124_000L,
                  5_100_000L,
                  json("{'i':1}"),
                  json("{'o':1}")),
              new TaskResult("audit", "write-audit", TaskStatus.Failed, 0, 0, 0, null, null)));

  @Test
  void answersTasksWithoutTheirValues() {
    assertThat(TestDefinitions.reread(ExecutionResultJson.of(result, ResultDetail.of(null))))
        .isEqualTo(
            json(
                "{'executionId':'0199','workflow':'flow','version':'sha256:x',"
                    + "'status':'Succeeded','output':{'a':1},"
                    + "'startedAt':'2026-11-23T09:00:00.123Z','durationMs':12.4,"
                    + "'tasks':[{'id':'user','taskRef':'fetch-user','status':'Succeeded',"
                    + "'attempts':2,'startedAt':'2026-11-23T09:00:00.124Z','durationMs':5.1},"
                    + "{'id':'audit','taskRef':'write-audit','status':'Failed','attempts':0}]}"));
  }

  @Test
  void answersInputAndOutputOfTasksInFull() {
    var tasks = ExecutionResultJson.of(result, ResultDetail.of("full")).get("tasks");

    assertThat(tasks.get(0).get("input")).isEqualTo(json("{'i':1}"));
    assertThat(tasks.get(0).get("output")).isEqualTo(json("{'o':1}"));
    assertThat(tasks.get(1).has("input")).isFalse();
  }

  @Test
  void leavesTasksOut() {
    assertThat(ExecutionResultJson.of(result, ResultDetail.of("output")).has("tasks")).isFalse();
    assertThat(ResultDetail.of("default")).isEqualTo(ResultDetail.DEFAULT);
  }

  @ParameterizedTest
  @EnumSource(ResultDetail.class)
  void writesTheSameAsTextAndAsATree(ResultDetail detail) {
    assertThat(ExecutionResultJson.text(result, detail).toString())
        .isEqualTo(Json.toText(ExecutionResultJson.of(result, detail)));
  }

  @Test
  void refusesAnotherDetail() {
    assertThatThrownBy(() -> ResultDetail.of("all"))
        .isInstanceOf(FailureException.class)
        .hasMessageContaining("default, full and output");
  }
}
