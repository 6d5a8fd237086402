package dev.millrace.perf.direct;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** What one execution becomes in the database; owned by its recording, on its event loop. */
final class ExecutionRows {
  private static final long TIMEOUT_SECONDS = 30;

  final UUID id;
  final String workflow;
  final String input;
  final OffsetDateTime startedAt = now();
  final List<Task> tasks = new ArrayList<>();
  String output;
  OffsetDateTime endedAt;

  /** A call that was answered. */
  record Task(
      Recording.Step step,
      String input,
      String output,
      String attempts,
      OffsetDateTime startedAt,
      OffsetDateTime endedAt) {}

  ExecutionRows(String workflow, JsonObject input) {
    this.workflow = workflow;
    this.input = input.encode();
    this.id = id(startedAt.toInstant().toEpochMilli());
  }

  OffsetDateTime deadlineAt() {
    return startedAt.plusSeconds(TIMEOUT_SECONDS);
  }

  Task add(
      Recording.Step step, JsonObject taskInput, JsonObject answer, OffsetDateTime callStartedAt) {
    OffsetDateTime now = now();
    long nanos = java.time.Duration.between(callStartedAt, now).toNanos();
    String attempts =
        new JsonArray()
            .add(
                new JsonObject()
                    .put("number", 1)
                    .put("startedAt", micros(callStartedAt))
                    .put("durationNanos", nanos)
                    .put("outcome", "SUCCEEDED")
                    .put("status", 200))
            .encode();
    Task task = new Task(step, taskInput.encode(), answer.encode(), attempts, callStartedAt, now);
    tasks.add(task);
    return task;
  }

  void end(JsonObject result) {
    output = result.encode();
    endedAt = now();
  }

  static OffsetDateTime now() {
    return Instant.now().atOffset(ZoneOffset.UTC);
  }

  private static long micros(OffsetDateTime time) {
    return time.toEpochSecond() * 1_000_000L + time.getNano() / 1_000;
  }

  private static UUID id(long epochMillis) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = (epochMillis << 16) | 0x7000L | random.nextInt(0x1000);
    return new UUID(high, (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
  }
}
