package dev.millrace.persistence;

import java.time.Duration;

/**
 * How the journal buffers and retries.
 *
 * @param maxPendingFacts facts that may wait for their commit before new executions are refused
 * @param maxPendingCharacters likewise, by the size of their payloads
 * @param maxBatchFacts facts of one commit at most
 * @param firstRetryDelay after a commit that failed for want of a database; doubles up to {@code
 *     lastRetryDelay}
 */
public record JournalOptions(
    int maxPendingFacts,
    long maxPendingCharacters,
    int maxBatchFacts,
    Duration firstRetryDelay,
    Duration lastRetryDelay) {
  /** Room for a few seconds of a busy gateway without its database. */
  public static final JournalOptions DEFAULT =
      new JournalOptions(50_000, 128L << 20, 2_000, Duration.ofMillis(50), Duration.ofSeconds(2));
}
