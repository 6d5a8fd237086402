package dev.millrace.persistence;

import java.time.Duration;
import java.util.Objects;

/**
 * How this gateway uses its database.
 *
 * @param retention how long executions are kept at least; whole days are dropped
 * @param lease how long after its last heartbeat a gateway counts as alive
 * @param answerLimit how long the database may take for a statement; one that takes longer fails,
 *     and a connection that is silent for a quarter longer is given up
 */
public record DatabaseOptions(
    JournalOptions journal,
    JournalMetrics metrics,
    Duration retention,
    Duration lease,
    Duration answerLimit) {
  /** Thirty days, leases of ten seconds, and as long for an answer. */
  public static final DatabaseOptions DEFAULT =
      new DatabaseOptions(
          JournalOptions.DEFAULT,
          JournalMetrics.NONE,
          Duration.ofDays(30),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10));

  public DatabaseOptions {
    Objects.requireNonNull(journal);
    Objects.requireNonNull(metrics);
    Objects.requireNonNull(lease);
    if (retention.compareTo(Duration.ofDays(1)) < 0) {
      throw new IllegalArgumentException(
          "the retention must be a day at least, it is " + retention);
    }
    if (answerLimit.toMillis() < 100) {
      throw new IllegalArgumentException(
          "the database must be given 100 ms at least to answer, it is " + answerLimit);
    }
  }

  /** The same with another journal. */
  public DatabaseOptions withJournal(JournalOptions options, JournalMetrics listener) {
    return new DatabaseOptions(options, listener, retention, lease, answerLimit);
  }

  /** The same with another retention. */
  public DatabaseOptions withRetention(Duration other) {
    return new DatabaseOptions(journal, metrics, other, lease, answerLimit);
  }

  /** The same with another lease. */
  public DatabaseOptions withLease(Duration other) {
    return new DatabaseOptions(journal, metrics, retention, other, answerLimit);
  }

  /** The same with another limit on answers. */
  public DatabaseOptions withAnswerLimit(Duration other) {
    return new DatabaseOptions(journal, metrics, retention, lease, other);
  }
}
