package dev.millrace.persistence;

import dev.millrace.engine.journal.Fact;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.problem.Failure;
import io.vertx.core.Promise;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * A fact that waits for its commit. Its payloads are text already: written on the event loop of the
 * execution, which spreads the work, and which makes the size of the buffer known.
 *
 * @param fact null for a mark in the queue that only waits for what is before it
 * @param id of the execution
 * @param owner who the gateway was when the fact came
 * @param input null where the fact has none; likewise the other texts
 */
record PendingFact(
    Fact fact,
    UUID id,
    UUID owner,
    String input,
    String output,
    String failure,
    String attempts,
    Promise<Void> committed) {

  /**
   * Takes a fact.
   *
   * @throws IllegalArgumentException when its execution has no id that can be stored
   */
  static PendingFact of(Fact fact, UUID owner, Promise<Void> committed) {
    UUID id = UUID.fromString(fact.executionId());
    if (fact instanceof Fact.ExecutionStarted started) {
      return new PendingFact(fact, id, owner, text(started.input()), null, null, null, committed);
    }
    if (fact instanceof Fact.TaskEnded ended) {
      return new PendingFact(
          fact,
          id,
          owner,
          text(ended.input()),
          text(ended.output()),
          text(ended.failure()),
          Json.toText(AttemptsColumn.write(ended.attempts())),
          committed);
    }
    if (fact instanceof Fact.ExecutionEnded ended) {
      return new PendingFact(
          fact,
          id,
          owner,
          text(ended.input()),
          text(ended.output()),
          text(ended.failure()),
          null,
          committed);
    }
    if (fact instanceof Fact.ExecutionPaused) {
      return new PendingFact(fact, id, owner, null, null, null, null, committed);
    }
    throw new IllegalStateException("unknown fact " + fact.getClass());
  }

  /** A mark that is committed when everything before it is. */
  static PendingFact mark(Promise<Void> committed) {
    return new PendingFact(null, null, null, null, null, null, null, committed);
  }

  /** Roughly what it holds in memory, in characters. */
  int size() {
    return 200 + length(input) + length(output) + length(failure) + length(attempts);
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
