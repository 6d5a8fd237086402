package dev.millrace.engine.journal;

class InMemoryDurationsTest extends DurationHistoryContract {
  private final InMemoryJournal journal = new InMemoryJournal(1_000, 10_000_000, clock());

  @Override
  protected Journal journal() {
    return journal;
  }

  @Override
  protected DurationHistory durations() {
    return journal;
  }
}
