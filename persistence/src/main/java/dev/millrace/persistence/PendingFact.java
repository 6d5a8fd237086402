package dev.millrace.persistence;

import dev.millrace.engine.journal.Fact;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.problem.Failure;
import io.vertx.core.Promise;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * A fact that waits for its commit. Its payloads are text already: written on the event loop of the
 * execution, which spreads the work, and which makes the size of the buffer known. The trees, which
 * are several times as large, are not held: many facts wait, and the collector copies what waits.
 *
 * @param fact without its payloads; null for a mark in the queue that only waits for what is before
 *     it
 * @param id of the execution
 * @param owner who the gateway was when the fact came
 * @param input null where the fact has none; likewise the other texts
 * @param size roughly what it holds in memory, in characters
 */
record PendingFact(
    Fact fact,
    UUID id,
    UUID owner,
    String input,
    String output,
    String failure,
    String attempts,
    Promise<Void> committed,
    int size) {
  private static final int OVERHEAD = 200;

  /**
   * Takes a fact.
   *
   * @throws IllegalArgumentException when its execution has no id that can be stored
   */
  static PendingFact of(Fact fact, UUID owner, Promise<Void> committed) {
    UUID id = UUID.fromString(fact.executionId());
    if (fact instanceof Fact.ExecutionStarted started) {
      return of(
          withoutPayloads(started), id, owner, text(started.input()), null, null, null, committed);
    }
    if (fact instanceof Fact.TaskEnded ended) {
      return of(
          withoutPayloads(ended),
          id,
          owner,
          text(ended.input()),
          text(ended.output()),
          text(ended.failure()),
          AttemptsColumn.write(ended.attempts()),
          committed);
    }
    if (fact instanceof Fact.ExecutionEnded ended) {
      return of(
          withoutPayloads(ended),
          id,
          owner,
          text(ended.input()),
          text(ended.output()),
          text(ended.failure()),
          null,
          committed);
    }
    if (fact instanceof Fact.ExecutionPaused) {
      return of(fact, id, owner, null, null, null, null, committed);
    }
    throw new IllegalStateException("unknown fact " + fact.getClass());
  }

  private static Fact withoutPayloads(Fact.ExecutionStarted started) {
    return new Fact.ExecutionStarted(
        started.executionId(),
        started.namespace(),
        started.workflow(),
        started.versionHash(),
        started.planHash(),
        started.durability(),
        null,
        started.startedAt(),
        started.deadlineAt());
  }

  private static Fact withoutPayloads(Fact.TaskEnded ended) {
    return new Fact.TaskEnded(
        ended.executionId(),
        ended.slot(),
        ended.taskId(),
        ended.taskRef(),
        ended.status(),
        null,
        null,
        null,
        ended.continued(),
        List.of(),
        ended.queuedAt(),
        ended.startedAt(),
        ended.endedAt());
  }

  private static Fact withoutPayloads(Fact.ExecutionEnded ended) {
    return new Fact.ExecutionEnded(
        ended.executionId(), ended.status(), null, null, ended.endedAt());
  }

  private static PendingFact of(
      Fact fact,
      UUID id,
      UUID owner,
      String input,
      String output,
      String failure,
      String attempts,
      Promise<Void> committed) {
    int size = OVERHEAD + length(input) + length(output) + length(failure) + length(attempts);
    return new PendingFact(fact, id, owner, input, output, failure, attempts, committed, size);
  }

  /** A mark that is committed when everything before it is. */
  static PendingFact mark(Promise<Void> committed) {
    return new PendingFact(null, null, null, null, null, null, null, committed, 0);
  }

  boolean isMark() {
    return fact == null;
  }

  private static int length(String text) {
    return text == null ? 0 : text.length();
  }

  private static String text(JsonNode json) {
    return json == null ? null : Json.toText(json);
  }

  private static String text(Failure failure) {
    return failure == null ? null : Json.toText(FailureColumn.write(failure));
  }
}
