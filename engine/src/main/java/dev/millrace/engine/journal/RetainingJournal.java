package dev.millrace.engine.journal;

import dev.millrace.engine.plan.ExecutionPlan;
import io.vertx.core.Future;
import java.util.Objects;

/**
 * A journal that keeps of payloads what it was told to. One for the process, used on any thread.
 */
public final class RetainingJournal implements Journal {
  private final Journal journal;
  private final PayloadRetention retention;

  public RetainingJournal(Journal journal, PayloadRetention retention) {
    this.journal = Objects.requireNonNull(journal);
    this.retention = Objects.requireNonNull(retention);
  }

  @Override
  public FactPayloads payloads(ExecutionPlan plan) {
    return FactPayloads.of(plan, retention);
  }

  @Override
  public Future<Void> append(Fact fact) {
    return journal.append(fact);
  }

  @Override
  public void hurry() {
    journal.hurry();
  }

  @Override
  public boolean hasRoom() {
    return journal.hasRoom();
  }

  @Override
  public Future<Void> flush() {
    return journal.flush();
  }
}
