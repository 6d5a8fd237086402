package dev.millrace.persistence;

import java.time.Duration;
import java.util.Objects;

/**
 * How this gateway uses its database.
 *
 * @param retention how long executions are kept at least; whole days are dropped
 * @param lease how long after its last heartbeat a gateway counts as alive
 */
public record DatabaseOptions(
    JournalOptions journal, JournalMetrics metrics, Duration retention, Duration lease) {
  /** Thirty days, and leases of ten seconds. */
  public static final DatabaseOptions DEFAULT =
      new DatabaseOptions(
          JournalOptions.DEFAULT, JournalMetrics.NONE, Duration.ofDays(30), Duration.ofSeconds(10));

  public DatabaseOptions {
    Objects.requireNonNull(journal);
    Objects.requireNonNull(metrics);
    Objects.requireNonNull(lease);
    if (retention.compareTo(Duration.ofDays(1)) < 0) {
      throw new IllegalArgumentException(
          "the retention must be a day at least, it is " + retention);
    }
  }

  /** The same with another journal. */
  public DatabaseOptions withJournal(JournalOptions options, JournalMetrics listener) {
    return new DatabaseOptions(options, listener, retention, lease);
  }

  /** The same with another retention. */
  public DatabaseOptions withRetention(Duration other) {
    return new DatabaseOptions(journal, metrics, other, lease);
  }

  /** The same with another lease. */
  public DatabaseOptions withLease(Duration other) {
    return new DatabaseOptions(journal, metrics, retention, other);
  }
}
