package dev.millrace.persistence;

import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.journal.Fact;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The facts of one commit as one statement ({@link FactStatement}). A start and the end that meet
 * here are one inserted row. Used by {@link PostgresJournal}, on its context.
 *
 * <p>Facts whose execution began here are <em>fresh</em>: nobody can have claimed it. All others
 * count only while the execution still belongs to who the gateway was when they came.
 *
 * <p>Every part can be repeated: a batch whose answer got lost may have been committed.
 */
final class FactBatch {
  private static final UUID FIRST_ID = new UUID(0, 0);
  private static final UUID LAST_ID = new UUID(-1, -1);

  /** An execution as one owner sees it. */
  private record Claim(UUID id, UUID owner) {}

  private record Slot(UUID id, int slot) {}

  private final Map<Claim, PendingFact> starts = new LinkedHashMap<>();
  private final Map<Claim, PendingFact> freshChanges = new HashMap<>();
  private final Map<Claim, PendingFact> lateChanges = new LinkedHashMap<>();
  private final Map<Slot, PendingFact> tasks = new LinkedHashMap<>();
  private final Set<Claim> lateTasks = new LinkedHashSet<>();

  FactBatch(List<PendingFact> facts) {
    for (PendingFact pending : facts) {
      Claim claim = claim(pending);
      if (pending.fact() instanceof Fact.ExecutionStarted) {
        starts.put(claim, pending);
      } else if (pending.fact() instanceof Fact.TaskEnded ended) {
        tasks.put(new Slot(pending.id(), ended.slot()), pending);
        if (!starts.containsKey(claim)) {
          lateTasks.add(claim);
        }
      } else if (starts.containsKey(claim)) {
        freshChanges.put(claim, pending);
      } else {
        lateChanges.put(claim, pending);
      }
    }
    lateTasks.removeAll(lateChanges.keySet());
  }

  private static Claim claim(PendingFact pending) {
    return new Claim(pending.id(), pending.owner());
  }

  /**
   * Those of the facts that were not taken, because their execution belongs to somebody else or is
   * not there.
   *
   * @param held what the statement answered: the late executions that are still their owner's
   */
  Set<PendingFact> lost(List<PendingFact> facts, RowSet<Row> held) {
    if (held.size() == lateChanges.size() + lateTasks.size()) {
      return Set.of();
    }
    Set<Claim> ours = new HashSet<>(starts.keySet());
    for (Row row : held) {
      ours.add(new Claim(row.getUUID(0), row.getUUID(1)));
    }
    Set<PendingFact> lost = Collections.newSetFromMap(new IdentityHashMap<>());
    for (PendingFact pending : facts) {
      if (!ours.contains(claim(pending))) {
        lost.add(pending);
      }
    }
    return lost;
  }

  Tuple parameters() {
    Tuple parameters = Tuple.tuple();
    addStarts(parameters);
    addLateChanges(parameters);
    addLateTaskOwners(parameters);
    addTasks(parameters);
    addLateInputs(parameters);
    addRangeOfLateIds(parameters);
    return parameters;
  }

  private void addStarts(Tuple parameters) {
    Columns columns = new Columns("uuttttttttt@@@", starts.size());
    for (Map.Entry<Claim, PendingFact> entry : starts.entrySet()) {
      PendingFact pending = entry.getValue();
      Fact.ExecutionStarted fact = (Fact.ExecutionStarted) pending.fact();
      PendingFact change = freshChanges.get(entry.getKey());
      columns.uuid(pending.id());
      columns.uuid(pending.owner());
      columns.text(fact.namespace());
      columns.text(fact.workflow());
      columns.text(fact.versionHash());
      columns.text(fact.planHash());
      columns.text(fact.durability().name());
      columns.text(change == null ? ExecutionStatus.Running.name() : status(change));
      columns.text(change == null || change.input() == null ? pending.input() : change.input());
      columns.text(change == null ? null : change.output());
      columns.text(change == null ? null : change.failure());
      columns.time(fact.startedAt());
      columns.time(fact.deadlineAt());
      columns.time(change == null ? 0 : endedAt(change));
      columns.nextRow();
    }
    columns.addTo(parameters);
  }

  private void addLateChanges(Tuple parameters) {
    Columns columns = new Columns("uuttt@", lateChanges.size());
    for (PendingFact pending : lateChanges.values()) {
      columns.uuid(pending.id());
      columns.uuid(pending.owner());
      columns.text(status(pending));
      columns.text(pending.output());
      columns.text(pending.failure());
      columns.time(endedAt(pending));
      columns.nextRow();
    }
    columns.addTo(parameters);
  }

  private void addLateInputs(Tuple parameters) {
    Columns columns = new Columns("t", lateChanges.size());
    for (PendingFact pending : lateChanges.values()) {
      columns.text(pending.input());
      columns.nextRow();
    }
    columns.addTo(parameters);
  }

  private void addLateTaskOwners(Tuple parameters) {
    Columns columns = new Columns("uu", lateTasks.size());
    for (Claim claim : lateTasks) {
      columns.uuid(claim.id());
      columns.uuid(claim.owner());
      columns.nextRow();
    }
    columns.addTo(parameters);
  }

  private void addTasks(Tuple parameters) {
    Columns columns = new Columns("uufntttftttt@@@", tasks.size());
    for (PendingFact pending : tasks.values()) {
      Fact.TaskEnded fact = (Fact.TaskEnded) pending.fact();
      columns.uuid(pending.id());
      columns.uuid(pending.owner());
      columns.flag(starts.containsKey(claim(pending)));
      columns.number(fact.slot());
      columns.text(fact.taskId());
      columns.text(fact.taskRef());
      columns.text(fact.status().name());
      columns.flag(fact.continued());
      columns.text(pending.input());
      columns.text(pending.output());
      columns.text(pending.failure());
      columns.text(pending.attempts());
      columns.time(fact.queuedAt());
      columns.time(fact.startedAt());
      columns.time(fact.endedAt());
      columns.nextRow();
    }
    columns.addTo(parameters);
  }

  /** Empty where nothing is late. */
  private void addRangeOfLateIds(Tuple parameters) {
    UUID first = LAST_ID;
    UUID last = FIRST_ID;
    for (Set<Claim> late : List.of(lateChanges.keySet(), lateTasks)) {
      for (Claim claim : late) {
        first = isBefore(claim.id(), first) ? claim.id() : first;
        last = isBefore(last, claim.id()) ? claim.id() : last;
      }
    }
    parameters.addUUID(first).addUUID(last);
  }

  /** As the database orders them, without a sign. */
  private static boolean isBefore(UUID one, UUID other) {
    int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
    return high != 0
        ? high < 0
        : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits()) < 0;
  }

  private static String status(PendingFact change) {
    return change.fact() instanceof Fact.ExecutionEnded ended
        ? ended.status().name()
        : ExecutionStatus.Paused.name();
  }

  private static long endedAt(PendingFact change) {
    return change.fact() instanceof Fact.ExecutionEnded ended ? ended.endedAt() : 0;
  }
}
