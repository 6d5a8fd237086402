package dev.millrace.engine.execution;

import dev.millrace.engine.journal.AttemptRecord;
import dev.millrace.engine.task.Attempt;
import java.util.ArrayList;
import java.util.List;

/**
 * The time of one execution: the time of day at which it began to run here, counted on by the
 * monotonic clock. Owned by its {@link RunningExecution}, lives on that event loop.
 */
final class ExecutionTime {
  private final EngineClock clock;
  private final long beganMicros;
  private final long beganNanos;
  private final long timeoutMillis;

  /**
   * Begins now.
   *
   * @param beganMicros the time of day, epoch microseconds
   */
  ExecutionTime(EngineClock clock, long beganMicros, long timeoutMillis) {
    this.clock = clock;
    this.beganMicros = beganMicros;
    this.beganNanos = clock.nanos();
    this.timeoutMillis = timeoutMillis;
  }

  /** How long it may take from its beginning here. */
  long timeoutMillis() {
    return timeoutMillis;
  }

  /** When it must have ended, by the monotonic clock. */
  long deadlineNanos() {
    return beganNanos + timeoutMillis * 1_000_000L;
  }

  /** Whether it should have ended. */
  boolean isOver() {
    return clock.nanos() - deadlineNanos() >= 0;
  }

  /** Epoch microseconds. */
  long now() {
    return micros(clock.nanos());
  }

  /** A time of the monotonic clock as epoch microseconds. */
  private long micros(long nanos) {
    return beganMicros + (nanos - beganNanos) / 1_000L;
  }

  /** Attempts as they are kept. */
  List<AttemptRecord> recordsOf(List<Attempt> attempts) {
    int count = attempts.size();
    if (count == 1) {
      return List.of(recordOf(attempts.get(0)));
    }
    List<AttemptRecord> records = new ArrayList<>(count);
    for (int index = 0; index < count; index++) {
      records.add(recordOf(attempts.get(index)));
    }
    return records;
  }

  private AttemptRecord recordOf(Attempt attempt) {
    return new AttemptRecord(
        attempt.number(),
        micros(attempt.startedAtNanos()),
        attempt.durationNanos(),
        attempt.outcome(),
        attempt.status());
  }
}
