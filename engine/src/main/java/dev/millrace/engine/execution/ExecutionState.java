package dev.millrace.engine.execution;

import dev.millrace.engine.journal.AttemptRecord;
import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.journal.Fact;
import dev.millrace.engine.journal.TaskStatus;
import dev.millrace.engine.plan.ExecutionPlan;
import dev.millrace.engine.plan.TaskGraph;
import dev.millrace.engine.problem.Failure;
import dev.millrace.engine.template.Scope;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * Where one execution stands: a pure state machine, without clock and without I/O. Owned by the one
 * orchestrator that runs the execution, and used on its event loop only.
 *
 * <p>Tasks become ready the moment their own dependencies have ended, and are handed out in
 * document order while {@code maxConcurrency} allows. Times are epoch microseconds and come in as
 * arguments. A transition that the state does not allow throws {@link IllegalStateException} and
 * changes nothing.
 */
public final class ExecutionState implements Scope {
  private final ExecutionPlan plan;
  private final TaskGraph graph;
  private final Fact.ExecutionStarted started;
  private final TaskProgress[] tasks;
  private final int[] waitingFor;
  private final BitSet ready;

  private ExecutionStatus status = ExecutionStatus.Running;
  private JsonNode output;
  private Failure failure;
  private int running;
  private int unfinished;
  private long endedAt;
  private boolean stopping;

  private ExecutionState(ExecutionPlan plan, Fact.ExecutionStarted started) {
    this.plan = plan;
    this.graph = plan.graph();
    this.started = started;
    int count = plan.taskCount();
    this.tasks = new TaskProgress[count];
    this.waitingFor = new int[count];
    this.ready = new BitSet(count);
    this.unfinished = count;
    for (int slot = 0; slot < count; slot++) {
      tasks[slot] = new TaskProgress();
      waitingFor[slot] = graph.dependencies(slot).length;
      if (waitingFor[slot] == 0) {
        makeReady(slot, started.startedAt());
      }
    }
  }

  /** The state of an execution that begins now. */
  public static ExecutionState begin(ExecutionPlan plan, Fact.ExecutionStarted started) {
    return new ExecutionState(plan, Objects.requireNonNull(started));
  }

  /**
   * Rebuilds the state from what was recorded. Tasks that were running when the record broke off
   * are pending again.
   *
   * @param plan of the version that the execution began with
   * @param facts of this execution, in order, from its start on
   */
  public static ExecutionState replay(ExecutionPlan plan, List<Fact> facts) {
    if (facts.isEmpty() || !(facts.get(0) instanceof Fact.ExecutionStarted started)) {
      throw new IllegalArgumentException("a replay begins with the start of the execution");
    }
    ExecutionState state = begin(plan, started);
    for (Fact fact : facts.subList(1, facts.size())) {
      state.apply(fact);
    }
    return state;
  }

  private void apply(Fact fact) {
    if (!fact.executionId().equals(started.executionId())) {
      throw new IllegalArgumentException("the fact belongs to execution " + fact.executionId());
    }
    if (fact instanceof Fact.TaskEnded ended) {
      applyTask(ended);
    } else if (fact instanceof Fact.ExecutionEnded ended) {
      end(ended.status(), ended.output(), ended.failure(), ended.endedAt());
    } else if (!(fact instanceof Fact.ExecutionPaused)) {
      throw new IllegalArgumentException("an execution starts only once");
    }
  }

  private void applyTask(Fact.TaskEnded ended) {
    int slot = ended.slot();
    TaskProgress task = tasks[slot];
    require(task.status == TaskStatus.Pending, slot, "end again");
    task.queuedAt = ended.queuedAt();
    if (ended.startedAt() != 0) {
      require(ready.get(slot), slot, "have run before its dependencies ended");
      ready.clear(slot);
      task.startedAt = ended.startedAt();
      task.input = ended.input();
    }
    task.attempts = ended.attempts();
    switch (ended.status()) {
      case Succeeded, Failed -> {
        running++;
        close(
            slot,
            ended.status(),
            ended.output(),
            ended.failure(),
            ended.continued(),
            ended.endedAt());
      }
      case Skipped, Cancelled -> {
        task.status = ended.status();
        task.endedAt = ended.endedAt();
        ready.clear(slot);
        unfinished--;
        stopping = true;
      }
      case Pending, Running ->
          throw new IllegalArgumentException("a task cannot end as " + ended.status());
    }
  }

  /** Takes the next task that may begin; -1 when there is none at the moment. */
  public int takeReady(long now) {
    if (status != ExecutionStatus.Running || stopping || running >= plan.maxConcurrency()) {
      return -1;
    }
    int slot = ready.nextSetBit(0);
    if (slot >= 0) {
      ready.clear(slot);
      TaskProgress task = tasks[slot];
      task.status = TaskStatus.Running;
      task.startedAt = now;
      running++;
    }
    return slot;
  }

  /**
   * Gives back a task that was taken but may not begin yet; others can be taken in its place until
   * {@link #release}.
   */
  public void hold(int slot) {
    requireTaken(slot, "be held");
    TaskProgress task = tasks[slot];
    task.status = TaskStatus.Pending;
    task.startedAt = 0;
    running--;
  }

  /** Lets a held task be taken again. */
  public void release(int slot) {
    require(
        tasks[slot].status == TaskStatus.Pending && waitingFor[slot] == 0 && !ready.get(slot),
        slot,
        "be released");
    ready.set(slot);
  }

  /** Keeps the attempts of a taken task, or of one that the execution's end cancelled. */
  public void attempted(int slot, List<AttemptRecord> attempts) {
    TaskStatus task = tasks[slot].status;
    require(task == TaskStatus.Running || task == TaskStatus.Cancelled, slot, "have made attempts");
    tasks[slot].attempts = List.copyOf(attempts);
  }

  /** Keeps what a taken task is called with. */
  public void called(int slot, JsonNode input) {
    requireTaken(slot, "be called");
    tasks[slot].input = input;
  }

  /** A taken task yielded its output. */
  public void succeed(int slot, JsonNode taskOutput, long now) {
    requireTaken(slot, "succeed");
    close(slot, TaskStatus.Succeeded, Objects.requireNonNull(taskOutput), null, false, now);
  }

  /**
   * A taken task failed for good. Where the workflow has an output to continue with, the execution
   * goes on with that; otherwise no task begins any more, and the caller ends the execution.
   *
   * @return whether the execution goes on
   */
  public boolean fail(int slot, Failure taskFailure, long now) {
    requireTaken(slot, "fail");
    JsonNode continueWith = plan.task(slot).continueWith();
    close(
        slot,
        TaskStatus.Failed,
        continueWith,
        Objects.requireNonNull(taskFailure),
        continueWith != null,
        now);
    return continueWith != null;
  }

  private void close(
      int slot,
      TaskStatus end,
      JsonNode taskOutput,
      Failure taskFailure,
      boolean continued,
      long now) {
    TaskProgress task = tasks[slot];
    task.status = end;
    task.output = taskOutput;
    task.failure = taskFailure;
    task.continued = continued;
    task.endedAt = now;
    running--;
    unfinished--;
    if (taskOutput == null) {
      failure = failure == null ? taskFailure : failure;
      stopping = true;
      return;
    }
    for (int dependent : graph.dependents(slot)) {
      if (--waitingFor[dependent] == 0) {
        makeReady(dependent, now);
      }
    }
  }

  private void makeReady(int slot, long now) {
    TaskProgress task = tasks[slot];
    if (task.status == TaskStatus.Pending) {
      task.queuedAt = now;
      ready.set(slot);
    }
  }

  /** Stops handing out tasks; those that run may end. */
  public void pause() {
    requireStatus(status == ExecutionStatus.Running, "be paused");
    status = ExecutionStatus.Paused;
  }

  /** Hands out tasks again. */
  public void resume() {
    requireStatus(status == ExecutionStatus.Paused, "be resumed");
    status = ExecutionStatus.Running;
  }

  /** Whether every task has ended with an output, so that the answer can be mapped. */
  public boolean readyToSucceed() {
    return status == ExecutionStatus.Running && unfinished == 0 && !stopping;
  }

  /**
   * Ends the execution. Tasks that run are cancelled, those that never began are skipped.
   *
   * @param answer the mapped output when it succeeded, else null
   * @param reason why it did not succeed, else null
   */
  public void end(ExecutionStatus end, JsonNode answer, Failure reason, long now) {
    requireStatus(!isEnded(), "end again");
    switch (end) {
      case Succeeded -> {
        requireStatus(readyToSucceed(), "succeed before its tasks");
        Objects.requireNonNull(answer);
      }
      case Failed, TimedOut, Cancelled, Interrupted -> Objects.requireNonNull(reason);
      case Running, Paused -> throw new IllegalArgumentException(end + " is not an end");
    }
    status = end;
    output = answer;
    failure = reason;
    endedAt = now;
    ready.clear();
    for (TaskProgress task : tasks) {
      if (task.status == TaskStatus.Running) {
        task.status = TaskStatus.Cancelled;
        task.endedAt = now;
      } else if (task.status == TaskStatus.Pending) {
        task.status = TaskStatus.Skipped;
        task.endedAt = now;
      }
    }
    running = 0;
    unfinished = 0;
  }

  /** Whether the execution has come to its end. */
  public boolean isEnded() {
    return switch (status) {
      case Running, Paused -> false;
      case Succeeded, Failed, Cancelled, TimedOut, Interrupted -> true;
    };
  }

  private void requireTaken(int slot, String wish) {
    require(tasks[slot].status == TaskStatus.Running, slot, wish);
    requireStatus(!isEnded(), "have a task " + wish);
  }

  private void require(boolean allowed, int slot, String wish) {
    if (!allowed) {
      throw new IllegalStateException(
          "task '"
              + plan.task(slot).id()
              + "' cannot "
              + wish
              + ", it is "
              + tasks[slot].status
              + " in "
              + started.executionId());
    }
  }

  private void requireStatus(boolean allowed, String wish) {
    if (!allowed) {
      throw new IllegalStateException(
          "execution " + started.executionId() + " cannot " + wish + ", it is " + status);
    }
  }

  @Override
  public JsonNode input() {
    return started.input();
  }

  @Override
  public JsonNode output(int slot) {
    return tasks[slot].output;
  }

  /** What the execution began with. */
  public Fact.ExecutionStarted started() {
    return started;
  }

  /** The plan that the execution began with. */
  public ExecutionPlan plan() {
    return plan;
  }

  /** Where the execution stands. */
  public ExecutionStatus status() {
    return status;
  }

  /** The mapped answer; null unless it succeeded. */
  public JsonNode output() {
    return output;
  }

  /** Why it did not succeed; also set when a task failed and the end is still to come. */
  public Failure failure() {
    return failure;
  }

  /**
   * Whether no task begins any more though the execution has not ended: a task failed, or a replay
   * broke off while tasks were being cancelled or skipped.
   */
  public boolean isStopping() {
    return stopping && !isEnded();
  }

  /** When it ended; 0 while it runs. */
  public long endedAt() {
    return endedAt;
  }

  /** How many tasks are taken and have not ended. */
  public int running() {
    return running;
  }

  /** Where one task stands. */
  public TaskProgress task(int slot) {
    return tasks[slot];
  }
}
