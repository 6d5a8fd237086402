package dev.millrace.persistence;

import dev.millrace.engine.definition.Durability;
import dev.millrace.engine.journal.AttemptRecord;
import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.journal.Fact;
import dev.millrace.engine.journal.TaskStatus;
import dev.millrace.engine.task.AttemptOutcome;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Facts for tests. */
final class Facts {
  /** A day that every run of the tests keeps. */
  static final long NOW = System.currentTimeMillis() * 1_000L;

  private static final AtomicInteger COUNTER = new AtomicInteger();

  private Facts() {}

  /** A new UUIDv7 of a time. */
  static String id(long epochMicros) {
    int count = COUNTER.incrementAndGet();
    long high = ((epochMicros / 1_000L) << 16) | 0x7000L | (count & 0xFFF);
    return new UUID(high, 0x8000_0000_0000_0000L | count).toString();
  }

  static String id() {
    return id(NOW);
  }

  static Fact started(String id) {
    return started(id, "contact", NOW);
  }

  static Fact started(String id, String workflow, long at) {
    return new Fact.ExecutionStarted(
        id,
        "default",
        workflow,
        "sha256:0",
        "sha256:plan",
        Durability.Durable,
        payload(1),
        at,
        at + 30_000_000L);
  }

  static Fact task(String id, int slot) {
    return task(id, slot, TaskStatus.Succeeded);
  }

  static Fact task(String id, int slot, TaskStatus status) {
    return new Fact.TaskEnded(
        id,
        slot,
        "task-" + slot,
        "fetch",
        status,
        payload(slot),
        payload(slot + 1),
        null,
        false,
        List.of(new AttemptRecord(1, NOW, 5, AttemptOutcome.SUCCEEDED, 200)),
        NOW,
        NOW + 1,
        NOW + 2);
  }

  static Fact ended(String id) {
    return ended(id, NOW + 3);
  }

  static Fact ended(String id, long at) {
    return new Fact.ExecutionEnded(id, ExecutionStatus.Succeeded, payload(9), null, at);
  }

  static JsonNode payload(int number) {
    return JsonNodeFactory.instance.objectNode().put("number", number);
  }
}
