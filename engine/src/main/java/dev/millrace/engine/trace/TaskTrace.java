package dev.millrace.engine.trace;

import dev.millrace.engine.journal.AttemptRecord;
import dev.millrace.engine.journal.TaskStatus;
import java.util.List;
import java.util.Objects;

/**
 * When one task of an execution could begin, when it did, and what was around it. Times are epoch
 * microseconds, 0 where there is none.
 *
 * @param level the length of the longest chain before it; -1 where the plan is not known
 * @param queuedAt when everything it depends on had ended
 * @param blockedBy what it depends on, by whose end it was held back first: what has not ended,
 *     then what ended last
 * @param concurrentWith whose time overlaps its own, in document order
 * @param templates of its input, then of its request
 */
public record TaskTrace(
    String id,
    String taskRef,
    TaskStatus status,
    int level,
    long queuedAt,
    long startedAt,
    long endedAt,
    List<String> blockedBy,
    List<String> concurrentWith,
    List<AttemptRecord> attempts,
    List<ResolvedTemplate> templates) {
  public TaskTrace {
    Objects.requireNonNull(id);
    Objects.requireNonNull(taskRef);
    Objects.requireNonNull(status);
    blockedBy = List.copyOf(blockedBy);
    concurrentWith = List.copyOf(concurrentWith);
    attempts = List.copyOf(attempts);
    templates = List.copyOf(templates);
  }

  /** Whether it was called and has ended. */
  public boolean ran() {
    return startedAt != 0 && endedAt != 0;
  }

  /**
   * How long it could have run and did not, in microseconds: for want of room, or for a commit; -1
   * when it never began.
   */
  public long waitMicros() {
    return startedAt == 0 || queuedAt == 0 ? -1 : startedAt - queuedAt;
  }

  /** How long it ran, in microseconds; -1 when it did not, or has not ended. */
  public long durationMicros() {
    return ran() ? endedAt - startedAt : -1;
  }
}
