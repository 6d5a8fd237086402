package dev.millrace.engine.journal;

import dev.millrace.engine.definition.Durability;
import dev.millrace.engine.json.InvalidJsonException;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import dev.millrace.engine.task.AttemptOutcome;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Facts for the tests of journals. */
public final class Facts {
  private Facts() {}

  public static String id(int number) {
    return String.format("0199aaaa-0000-7000-8000-%012d", number);
  }

  public static Fact.ExecutionStarted started(int number, String workflow, long startedAt) {
    return new Fact.ExecutionStarted(
        id(number),
        "default",
        workflow,
        "sha256:abc",
        Durability.Durable,
        json("{'n':" + number + ",'big':123456789012345678901234567890.5}"),
        startedAt,
        startedAt + 30_000_000);
  }

  public static Fact.TaskEnded task(int number, int slot, TaskStatus status) {
    boolean failed = status == TaskStatus.Failed;
    boolean ran = failed || status == TaskStatus.Succeeded;
    return new Fact.TaskEnded(
        id(number),
        slot,
        "task-" + slot,
        "ref-" + slot,
        status,
        ran ? json("{'i':[1,null]}") : null,
        status == TaskStatus.Succeeded ? json("{'o':1.50}") : null,
        failed
            ? Failure.of(ErrorCode.UpstreamStatus, "broken")
                .inTask("task-" + slot, "ref-" + slot, 2, 503)
                .inExecution(id(number))
            : null,
        false,
        ran
            ? List.of(
                new AttemptRecord(1, 1_100, 5_000, AttemptOutcome.CONNECT_FAILED, 0),
                new AttemptRecord(2, 1_200, 6_000, AttemptOutcome.SUCCEEDED, 200))
            : List.of(),
        1_000,
        ran ? 1_050 : 0,
        1_300);
  }

  public static Fact.ExecutionEnded ended(int number, ExecutionStatus status, long endedAt) {
    boolean succeeded = status == ExecutionStatus.Succeeded;
    return new Fact.ExecutionEnded(
        id(number),
        status,
        succeeded ? json("{'answer':42}") : null,
        succeeded ? null : Failure.of(ErrorCode.UpstreamStatus, "broken").inExecution(id(number)),
        endedAt);
  }

  /** As the product reads it: numbers are exact. */
  private static JsonNode json(String text) {
    try {
      return Json.read(text.replace('\'', '"'));
    } catch (InvalidJsonException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }
}
