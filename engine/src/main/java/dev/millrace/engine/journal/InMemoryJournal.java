package dev.millrace.engine.journal;

import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The journal without a database: keeps what it can in memory, and loses it with the process. One
 * for the whole process, used by all event loops; every append is committed at once.
 *
 * <p>Bounded by count and by an approximation of the bytes: the executions that ended first go
 * first. When those that run alone fill it, it has no room for new ones.
 */
public final class InMemoryJournal implements Journal, History, DurationHistory, ExecutionClaims {
  private static final Future<Void> COMMITTED = Future.succeededFuture();

  private final int maxExecutions;
  private final long maxBytes;
  private final Clock clock;
  private final Map<String, KeptExecution> executions = new HashMap<>();
  private final Map<WorkflowKey, TreeMap<StartKey, KeptExecution>> byWorkflow = new HashMap<>();

  /** Ended executions in the order of their ends. */
  private final ArrayDeque<KeptExecution> ended = new ArrayDeque<>();

  private long bytes;

  private record WorkflowKey(String namespace, String workflow) {}

  /** Sorts newest first. */
  private record StartKey(long startedAt, String executionId) implements Comparable<StartKey> {
    @Override
    public int compareTo(StartKey other) {
      int byStart = Long.compare(other.startedAt, startedAt);
      return byStart != 0 ? byStart : other.executionId.compareTo(executionId);
    }
  }

  /**
   * Makes an empty journal.
   *
   * @param maxExecutions how many executions are kept, at least one
   * @param maxBytes about how many bytes they may take together
   */
  public InMemoryJournal(int maxExecutions, long maxBytes) {
    this(maxExecutions, maxBytes, Clock.systemUTC());
  }

  /**
   * The same by another clock.
   *
   * @param clock says which executions are recent
   */
  public InMemoryJournal(int maxExecutions, long maxBytes, Clock clock) {
    if (maxExecutions < 1 || maxBytes < 1) {
      throw new IllegalArgumentException("a journal needs room for at least one execution");
    }
    this.maxExecutions = maxExecutions;
    this.maxBytes = maxBytes;
    this.clock = Objects.requireNonNull(clock);
  }

  @Override
  public synchronized Future<Void> append(Fact fact) {
    if (fact instanceof Fact.ExecutionStarted started) {
      start(started);
    } else {
      KeptExecution kept = executions.get(fact.executionId());
      if (kept == null) {
        return Future.failedFuture(
            new IllegalStateException("execution " + fact.executionId() + " was never started"));
      }
      bytes += kept.append(fact);
      if (fact instanceof Fact.ExecutionEnded) {
        ended.add(kept);
      }
    }
    forget();
    return COMMITTED;
  }

  private void start(Fact.ExecutionStarted started) {
    KeptExecution kept = new KeptExecution(started);
    executions.put(started.executionId(), kept);
    byWorkflow
        .computeIfAbsent(
            new WorkflowKey(started.namespace(), started.workflow()), key -> new TreeMap<>())
        .put(new StartKey(started.startedAt(), started.executionId()), kept);
    bytes += kept.bytes();
  }

  private void forget() {
    while ((executions.size() > maxExecutions || bytes > maxBytes) && !ended.isEmpty()) {
      KeptExecution oldest = ended.remove();
      Fact.ExecutionStarted started = oldest.started();
      executions.remove(started.executionId());
      WorkflowKey key = new WorkflowKey(started.namespace(), started.workflow());
      TreeMap<StartKey, KeptExecution> ofWorkflow = byWorkflow.get(key);
      ofWorkflow.remove(new StartKey(started.startedAt(), started.executionId()));
      if (ofWorkflow.isEmpty()) {
        byWorkflow.remove(key);
      }
      bytes -= oldest.bytes();
    }
  }

  @Override
  public synchronized boolean hasRoom() {
    return executions.size() - ended.size() < maxExecutions
        && (bytes < maxBytes || !ended.isEmpty());
  }

  @Override
  public Future<Void> flush() {
    return COMMITTED;
  }

  @Override
  public synchronized Future<Optional<ExecutionRecord>> find(String executionId) {
    KeptExecution kept = executions.get(executionId);
    return Future.succeededFuture(kept == null ? Optional.empty() : Optional.of(kept.record()));
  }

  @Override
  public synchronized Future<ExecutionPage> list(ExecutionQuery query) {
    TreeMap<StartKey, KeptExecution> ofWorkflow =
        byWorkflow.getOrDefault(
            new WorkflowKey(query.namespace(), query.workflow()), new TreeMap<>());
    StartKey after =
        query.after() == null
            ? null
            : new StartKey(query.after().startedAt(), query.after().executionId());
    List<ExecutionSummary> items = new ArrayList<>();
    ExecutionCursor next = null;
    long total = 0;
    long behind = 0;
    for (Map.Entry<StartKey, KeptExecution> entry : ofWorkflow.entrySet()) {
      KeptExecution kept = entry.getValue();
      long startedAt = kept.started().startedAt();
      boolean wanted =
          startedAt >= query.from()
              && startedAt < query.to()
              && (query.status() == null || query.status() == kept.status());
      if (wanted) {
        total++;
        if (after == null || entry.getKey().compareTo(after) > 0) {
          behind++;
          if (behind > query.skip() && items.size() < query.take()) {
            items.add(kept.summary());
          } else if (behind > query.skip() && next == null) {
            next = ExecutionCursor.after(items.get(items.size() - 1));
          }
        }
      }
    }
    return Future.succeededFuture(
        new ExecutionPage(items, Math.min(total, ExecutionPage.MAXIMUM_TOTAL), next));
  }

  @Override
  public synchronized Future<DurationSamples> recent(String namespace, String workflow) {
    TreeMap<StartKey, KeptExecution> ofWorkflow =
        byWorkflow.getOrDefault(new WorkflowKey(namespace, workflow), new TreeMap<>());
    long earliest = (clock.millis() - WINDOW.toMillis()) * 1_000L;
    return Future.succeededFuture(
        RecentDurations.of(
            ofWorkflow.values().stream()
                .takeWhile(kept -> kept.started().startedAt() >= earliest)
                .limit(MAXIMUM_EXECUTIONS)
                .toList()));
  }

  /** There are none: all executions are this process' own. */
  @Override
  public Future<List<ClaimedExecution>> claimOrphans(int limit) {
    return Future.succeededFuture(List.of());
  }

  @Override
  public synchronized Future<Optional<ClaimedExecution>> claimPaused(String executionId) {
    KeptExecution kept = executions.get(executionId);
    return kept == null
        ? Future.succeededFuture(Optional.empty())
        : claimPaused(
            executionId, kept.started().versionHash(), kept.started().planHash(), Map.of());
  }

  @Override
  public synchronized Future<Optional<ClaimedExecution>> claimPaused(
      String executionId, String versionHash, String planHash, Map<Integer, Integer> slots) {
    KeptExecution kept = executions.get(executionId);
    if (kept == null || kept.status() != ExecutionStatus.Paused) {
      return Future.succeededFuture(Optional.empty());
    }
    kept.resume(versionHash, planHash, slots);
    return Future.succeededFuture(Optional.of(new ClaimedExecution(kept.record(), null)));
  }

  @Override
  public Future<Optional<ClaimedExecution>> claimPausedToCancel(String executionId) {
    return claimPaused(executionId)
        .map(
            found ->
                found.map(
                    claimed -> new ClaimedExecution(claimed.execution(), ControlRequest.Cancel)));
  }
}
