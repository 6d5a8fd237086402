package dev.millrace.persistence;

import java.time.Duration;

/**
 * How the journal buffers and retries.
 *
 * @param maxPendingFacts facts that may wait for their commit before new executions are refused
 * @param maxPendingCharacters likewise, by the size of their payloads
 * @param maxBatchFacts facts of one commit at most
 * @param maxBatchCharacters likewise, by the size of their payloads; a single larger fact goes
 *     alone
 * @param gather how long facts wait for company when nobody waits for them; zero to send at once
 * @param company so many facts that wait on one event loop are company enough
 * @param patience how long they then wait for the end of their execution
 * @param firstRetryDelay after a commit that failed for want of a database; doubles up to {@code
 *     lastRetryDelay}
 */
public record JournalOptions(
    int maxPendingFacts,
    long maxPendingCharacters,
    int maxBatchFacts,
    long maxBatchCharacters,
    Duration gather,
    int company,
    Duration patience,
    Duration firstRetryDelay,
    Duration lastRetryDelay) {
  /** Room for a few seconds of a busy gateway without its database. */
  public static final JournalOptions DEFAULT =
      new JournalOptions(
          50_000,
          128L << 20,
          10_000,
          16L << 20,
          Duration.ofMillis(10),
          100,
          Duration.ofMillis(30),
          Duration.ofMillis(50),
          Duration.ofSeconds(2));

  public JournalOptions {
    if (maxPendingFacts < 1
        || maxPendingCharacters < 1
        || maxBatchFacts < 1
        || maxBatchCharacters < 1
        || company < 1) {
      throw new IllegalArgumentException("the journal needs room for at least one fact");
    }
    if (gather.isNegative()
        || patience.isNegative()
        || firstRetryDelay.toMillis() < 1
        || lastRetryDelay.toMillis() < 1) {
      throw new IllegalArgumentException("the journal's delays must be positive");
    }
  }
}
