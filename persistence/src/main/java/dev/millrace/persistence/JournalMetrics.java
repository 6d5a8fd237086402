package dev.millrace.persistence;

/** Hears how the journal is doing. Called on any event loop, on several at once. */
public interface JournalMetrics {
  /** Hears nothing. */
  JournalMetrics NONE = new JournalMetrics() {};

  /** A batch was committed, so many nanoseconds after it was sent first. */
  default void committed(int facts, long nanos) {}

  /** A commit failed and will be tried again. */
  default void retried(int facts) {}

  /** So much waits for its commit after a batch. */
  default void pending(int facts, long characters) {}

  /** Somebody asked for room and there was none. */
  default void refused() {}
}
