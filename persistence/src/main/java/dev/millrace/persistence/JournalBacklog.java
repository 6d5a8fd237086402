package dev.millrace.persistence;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How much waits for its commit, in all lanes. Owned by {@link PostgresJournal}; any thread. */
final class JournalBacklog {
  private final AtomicInteger facts = new AtomicInteger();
  private final AtomicLong characters = new AtomicLong();

  void taken() {
    facts.incrementAndGet();
  }

  void written(long size) {
    characters.addAndGet(size);
  }

  void settled(int count, long size) {
    facts.addAndGet(-count);
    characters.addAndGet(-size);
  }

  int facts() {
    return facts.get();
  }

  /** About how many; see {@link PendingFact#size()}. */
  long characters() {
    return characters.get();
  }
}
