package dev.millrace.perf.history;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * What the seeded history holds: evenly spread executions, numbered from the oldest on, whose ids
 * and times follow from their numbers; an immutable value.
 *
 * @param executions how many
 * @param workflows how many workflows take turns
 * @param tasks of each execution
 * @param firstMicros when the oldest began, epoch microseconds
 * @param stepMicros from one to the next
 */
public record SeededHistory(
    long executions, int workflows, int tasks, long firstMicros, long stepMicros) {
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  /** A history that ends now. */
  public static SeededHistory until(
      Instant now, long executions, int days, int workflows, int tasks) {
    Instant first = now.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(days - 1L));
    long span = ChronoUnit.MICROS.between(first, now);
    return new SeededHistory(
        executions,
        workflows,
        tasks,
        first.toEpochMilli() * 1_000L,
        Math.max(1, span / executions));
  }

  /** When an execution began, epoch microseconds. */
  public long startedAt(long number) {
    return firstMicros + number * stepMicros;
  }

  /** The UUIDv7 of an execution. */
  public String id(long number) {
    long millis = startedAt(number) / 1_000L;
    return new UUID((millis << 16) | 0x7000L, VARIANT | number).toString();
  }

  /** The workflow of an execution. */
  public String workflow(long number) {
    return "workflow-" + number % workflows;
  }
}
