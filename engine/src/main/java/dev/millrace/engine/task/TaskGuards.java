package dev.millrace.engine.task;

import dev.millrace.engine.definition.WorkflowTask;
import dev.millrace.engine.problem.ResourceName;
import io.vertx.core.Vertx;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The circuit breakers and bulkheads of this process, one of each per task; owned by the program,
 * shared by the runners of all event loops, thread-safe.
 *
 * <p>A guard belongs to a task's name and version: a reload that leaves the spec unchanged keeps
 * its state, and calls of an old version that are still in flight do not disturb the new one's.
 */
public final class TaskGuards {
  /** Versions of one task that are remembered at the same time. */
  private static final int VERSIONS = 4;

  private final Vertx vertx;
  private final Timers timers;
  private final ConcurrentMap<ResourceName, Guard[]> guards = new ConcurrentHashMap<>();

  public TaskGuards(Vertx vertx) {
    this(vertx, Timers.of(vertx));
  }

  TaskGuards(Vertx vertx, Timers timers) {
    this.vertx = vertx;
    this.timers = timers;
  }

  /**
   * One version's breaker and bulkhead.
   *
   * @param breaker null when off
   * @param bulkhead null when off
   */
  record Guard(String versionHash, TaskBreaker breaker, Bulkhead bulkhead) {}

  /**
   * The state of every task's breaker, of the newest version each; tasks without one are left out.
   */
  public Map<ResourceName, BreakerState> breakerStates() {
    Map<ResourceName, BreakerState> states =
        new TreeMap<>(java.util.Comparator.comparing(ResourceName::toString));
    for (Map.Entry<ResourceName, Guard[]> entry : guards.entrySet()) {
      Guard[] versions = entry.getValue();
      TaskBreaker breaker = versions[versions.length - 1].breaker();
      if (breaker != null) {
        states.put(entry.getKey(), breaker.state());
      }
    }
    return states;
  }

  /** Forgets the guards of tasks that are not served any more. */
  public void retain(Collection<ResourceName> served) {
    guards.keySet().retainAll(Set.copyOf(served));
  }

  /** The guard of a task; null when its definition asks for none. */
  Guard guard(CompiledTask task) {
    if (!task.isGuarded()) {
      return null;
    }
    WorkflowTask definition = task.definition();
    Guard[] versions = guards.get(definition.name());
    Guard known = versions == null ? null : find(versions, definition.versionHash());
    if (known != null) {
      return known;
    }
    versions = guards.compute(definition.name(), (name, present) -> with(present, definition));
    return find(versions, definition.versionHash());
  }

  private Guard[] with(Guard[] present, WorkflowTask definition) {
    if (present == null) {
      return new Guard[] {create(definition)};
    }
    if (find(present, definition.versionHash()) != null) {
      return present;
    }
    int kept = Math.min(present.length, VERSIONS - 1);
    Guard[] next = Arrays.copyOfRange(present, present.length - kept, present.length + 1);
    next[kept] = create(definition);
    return next;
  }

  private Guard create(WorkflowTask definition) {
    return new Guard(
        definition.versionHash(),
        definition.circuitBreaker() == null
            ? null
            : new TaskBreaker(vertx, timers, definition.name(), definition.circuitBreaker()),
        definition.bulkhead() == null ? null : new Bulkhead(definition.bulkhead()));
  }

  private static Guard find(Guard[] versions, String versionHash) {
    for (Guard guard : versions) {
      if (guard.versionHash().equals(versionHash)) {
        return guard;
      }
    }
    return null;
  }
}
