package dev.millrace.persistence;

import dev.millrace.engine.journal.Fact;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The facts of one commit as one statement ({@link FactStatement}), each execution once. Used by
 * {@link BatchSender}, on the lane's context.
 *
 * <p>A batch of nothing but fresh facts is plain inserts, the first time that it is sent. Otherwise
 * every part can be repeated: a batch whose answer got lost may have been committed.
 */
final class FactBatch {
  private static final UUID FIRST_ID = new UUID(0, 0);
  private static final UUID LAST_ID = new UUID(-1, -1);

  private final List<ExecutionFacts> fresh = new ArrayList<>();
  private final List<ExecutionFacts> lateChanges = new ArrayList<>();
  private final List<ExecutionFacts> lateTasks = new ArrayList<>();
  private final List<ExecutionFacts> executions;
  private final boolean plain;
  private int taskCount;

  /**
   * Sorts the facts.
   *
   * @param first whether they are sent for the first time, so that nothing of them can be there
   */
  FactBatch(List<ExecutionFacts> executions, boolean first) {
    this.executions = executions;
    for (ExecutionFacts execution : executions) {
      taskCount += execution.taskCount();
      if (execution.isFresh()) {
        fresh.add(execution);
      } else if (execution.change() != null) {
        lateChanges.add(execution);
      } else {
        lateTasks.add(execution);
      }
    }
    this.plain = first && fresh.size() == executions.size();
  }

  /**
   * Those whose facts were not taken, because they belong to somebody else or are not there.
   *
   * @param held what the statement answered: the late executions that are still their owner's
   */
  Set<ExecutionFacts> lost(RowSet<Row> held) {
    if (plain || held.size() == lateChanges.size() + lateTasks.size()) {
      return Set.of();
    }
    Set<UUID> ours = new HashSet<>();
    for (Row row : held) {
      ours.add(row.getUUID(0));
    }
    Set<ExecutionFacts> lost = new HashSet<>();
    for (ExecutionFacts execution : executions) {
      if (!execution.isFresh() && !ours.contains(execution.id())) {
        lost.add(execution);
      }
    }
    return lost;
  }

  /** The statement that takes {@link #parameters()}. */
  String sql() {
    return plain ? FactStatement.PLAIN : FactStatement.REPEATABLE;
  }

  Tuple parameters() {
    Tuple parameters = Tuple.tuple();
    addFresh(parameters);
    addTasks(parameters);
    if (!plain) {
      addTaskOwners(parameters);
      addLateChanges(parameters);
      addLateTaskOwners(parameters);
      addRangeOfLateIds(parameters);
    }
    return parameters;
  }

  private void addFresh(Tuple parameters) {
    Columns columns = new Columns("uuttttttttt@@@", fresh.size());
    for (ExecutionFacts execution : fresh) {
      PendingFact start = execution.start();
      PendingFact change = execution.change();
      Fact.ExecutionStarted fact = (Fact.ExecutionStarted) start.fact();
      columns.uuid(execution.id());
      columns.uuid(execution.owner());
      columns.text(fact.namespace());
      columns.text(fact.workflow());
      columns.text(fact.versionHash());
      columns.text(fact.planHash());
      columns.text(fact.durability().name());
      columns.text(execution.status());
      columns.text(change == null || change.input() == null ? start.input() : change.input());
      columns.text(change == null ? null : change.output());
      columns.text(change == null ? null : change.failure());
      columns.time(fact.startedAt());
      columns.time(fact.deadlineAt());
      columns.time(execution.endedAt());
      columns.nextRow();
    }
    columns.addTo(parameters);
  }

  private void addTasks(Tuple parameters) {
    Columns columns = new Columns("untttftttt@@@", taskCount);
    for (ExecutionFacts execution : executions) {
      for (PendingFact task : execution.tasks()) {
        if (task != null) {
          addTask(columns, task);
        }
      }
    }
    columns.addTo(parameters);
  }

  private static void addTask(Columns columns, PendingFact task) {
    Fact.TaskEnded fact = (Fact.TaskEnded) task.fact();
    columns.uuid(task.id());
    columns.number(fact.slot());
    columns.text(fact.taskId());
    columns.text(fact.taskRef());
    columns.text(fact.status().name());
    columns.flag(fact.continued());
    columns.text(task.input());
    columns.text(task.output());
    columns.text(task.failure());
    columns.text(task.attempts());
    columns.time(fact.queuedAt());
    columns.time(fact.startedAt());
    columns.time(fact.endedAt());
    columns.nextRow();
  }

  private void addTaskOwners(Tuple parameters) {
    Columns columns = new Columns("uf", taskCount);
    for (ExecutionFacts execution : executions) {
      for (int task = 0; task < execution.taskCount(); task++) {
        columns.uuid(execution.owner());
        columns.flag(execution.isFresh());
        columns.nextRow();
      }
    }
    columns.addTo(parameters);
  }

  private void addLateChanges(Tuple parameters) {
    Columns columns = new Columns("uutttt@", lateChanges.size());
    for (ExecutionFacts execution : lateChanges) {
      PendingFact change = execution.change();
      columns.uuid(execution.id());
      columns.uuid(execution.owner());
      columns.text(execution.status());
      columns.text(change.input());
      columns.text(change.output());
      columns.text(change.failure());
      columns.time(execution.endedAt());
      columns.nextRow();
    }
    columns.addTo(parameters);
  }

  private void addLateTaskOwners(Tuple parameters) {
    Columns columns = new Columns("uu", lateTasks.size());
    for (ExecutionFacts execution : lateTasks) {
      columns.uuid(execution.id());
      columns.uuid(execution.owner());
      columns.nextRow();
    }
    columns.addTo(parameters);
  }

  /** Empty where nothing is late. */
  private void addRangeOfLateIds(Tuple parameters) {
    UUID first = LAST_ID;
    UUID last = FIRST_ID;
    for (ExecutionFacts execution : executions) {
      if (!execution.isFresh()) {
        UUID id = execution.id();
        first = isBefore(id, first) ? id : first;
        last = isBefore(last, id) ? id : last;
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
}
