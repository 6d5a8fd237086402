package dev.millrace.persistence;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The facts that wait for a batch, by execution. Owned by {@link JournalLane}, lives on its
 * context.
 *
 * <p>Facts wait for the end of their execution, though not for long: what began and ended in one
 * batch is one row that is never updated, and that is what most executions can be.
 */
final class GatheredFacts {
  private final int maxFacts;
  private final long maxCharacters;
  private final long patienceNanos;

  /** By the fact's own id, whose hash is computed once an execution. */
  private final Map<String, ExecutionFacts> executions = new LinkedHashMap<>();

  GatheredFacts(JournalOptions options) {
    this.maxFacts = options.maxBatchFacts();
    this.maxCharacters = options.maxBatchCharacters();
    this.patienceNanos = options.gather().isZero() ? 0 : options.patience().toNanos();
  }

  boolean isEmpty() {
    return executions.isEmpty();
  }

  /**
   * Takes a fact, unless it has to come in a later batch than what is here of its execution: that
   * has another owner, or is enough for a batch.
   */
  boolean add(PendingFact fact, long nanos) {
    String id = fact.fact().executionId();
    ExecutionFacts execution = executions.get(id);
    if (execution == null) {
      executions.put(id, new ExecutionFacts(fact, nanos));
      return true;
    }
    if (!execution.owner().equals(fact.owner()) || isFull(execution)) {
      return false;
    }
    execution.add(fact);
    return true;
  }

  private boolean isFull(ExecutionFacts execution) {
    return execution.count() >= maxFacts || execution.characters() >= maxCharacters;
  }

  /**
   * Takes the executions of the next batch.
   *
   * @param hurry whether somebody waits for one of them: then none waits for its end
   */
  List<ExecutionFacts> take(boolean hurry, long nanos) {
    List<ExecutionFacts> batch = new ArrayList<>();
    int facts = 0;
    long characters = 0;
    Iterator<ExecutionFacts> all = executions.values().iterator();
    while (all.hasNext() && facts < maxFacts && characters < maxCharacters) {
      ExecutionFacts execution = all.next();
      if (hurry
          || execution.change() != null
          || isFull(execution)
          || nanos - execution.sinceNanos() >= patienceNanos) {
        batch.add(execution);
        facts += execution.count();
        characters += execution.characters();
        all.remove();
      }
    }
    return batch;
  }
}
