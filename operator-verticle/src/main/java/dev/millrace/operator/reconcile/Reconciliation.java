package dev.millrace.operator.reconcile;

import dev.millrace.engine.problem.ResourceKind;
import dev.millrace.engine.problem.ResourceName;
import dev.millrace.engine.validation.ReadDefinition;
import dev.millrace.operator.OperatorMetrics;
import dev.millrace.operator.cluster.ClusterChange;
import dev.millrace.operator.cluster.ClusterDefinition;
import dev.millrace.operator.cluster.ClusterDefinitions;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.IntSupplier;

/**
 * Keeps every status true while this replica leads: one queue for each kind, fed by the informers,
 * by what depends on what, and by a resync. Owned by the operator's verticle; usable on any thread.
 */
public final class Reconciliation {
  private static final String POOL = "millrace-operator";
  private static final String EVENT_POOL = "millrace-events";
  private static final int CONCURRENCY = 8;
  private static final Duration RESYNC = Duration.ofMinutes(10);

  private final Vertx vertx;
  private final ClusterDefinitions cluster;
  private final WorkerExecutor workers;
  private final WorkerExecutor eventWorker;
  private final ResourceReconciler reconciler;
  private final ScheduledExecutorService elections =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "millrace-election");
            thread.setDaemon(true);
            return thread;
          });
  private final Map<ResourceKind, KeyedQueue> queues = new EnumMap<>(ResourceKind.class);
  private final Leadership leadership;
  private long resync = -1;

  /**
   * Makes it, before the informers start.
   *
   * @param namespace of the Lease
   * @param identity tells this replica from the others
   */
  public Reconciliation(
      Vertx vertx,
      KubernetesClient client,
      ClusterDefinitions cluster,
      String namespace,
      String identity,
      OperatorMetrics metrics,
      Clock clock) {
    this.vertx = vertx;
    this.cluster = cluster;
    int kinds = ResourceKind.values().length;
    this.workers = vertx.createSharedWorkerExecutor(POOL, kinds * CONCURRENCY);
    this.eventWorker = vertx.createSharedWorkerExecutor(EVENT_POOL, 1);
    this.reconciler =
        new ResourceReconciler(
            client, cluster, new ReadyEvents(client, eventWorker, clock), metrics, clock);
    for (ResourceKind kind : ResourceKind.values()) {
      queues.put(kind, new KeyedQueue(vertx, CONCURRENCY, this::work));
    }
    this.leadership =
        new Leadership(client, namespace, identity, elections, this::lead, this::follow);
    cluster.listen(this::changed);
  }

  private Future<Void> work(ResourceName name) {
    return workers.executeBlocking(
        () -> {
          reconciler.reconcile(name);
          return null;
        },
        false);
  }

  /** Begins to try to lead; once the informers have seen everything. */
  public void start() {
    leadership.start();
    resync =
        vertx.setPeriodic(RESYNC.toMillis(), elapsed -> cluster.index().names().forEach(this::add));
  }

  /** Stops, and lets another replica lead. */
  public void close() {
    if (resync >= 0) {
      vertx.cancelTimer(resync);
    }
    queues.values().forEach(KeyedQueue::close);
    leadership.close();
    elections.shutdown();
    workers.close();
    eventWorker.close();
  }

  /** Whether this replica writes statuses. */
  public boolean isLeading() {
    return leadership.isLeading();
  }

  /** How many resources wait, by kind. */
  public Map<String, IntSupplier> depths() {
    Map<String, IntSupplier> depths = new HashMap<>();
    queues.forEach((kind, queue) -> depths.put(kind.name(), queue::depth));
    return depths;
  }

  private void lead() {
    Map<ResourceKind, List<ResourceName>> names = new EnumMap<>(ResourceKind.class);
    cluster
        .index()
        .names()
        .forEach(name -> names.computeIfAbsent(name.kind(), kind -> new ArrayList<>()).add(name));
    queues.forEach((kind, queue) -> queue.open(names.getOrDefault(kind, List.of())));
  }

  private void follow() {
    queues.values().forEach(KeyedQueue::close);
  }

  private void add(ResourceName name) {
    queues.get(name.kind()).add(name);
  }

  /** A change concerns the resource, and who uses it, is used by it, or claims what it claims. */
  private void changed(ClusterChange change) {
    if (reconciler.isOwn(change)) {
      return;
    }
    add(change.name());
    if (!change.ofDefinition()) {
      return;
    }
    cluster.index().usersOf(change.name()).forEach(this::add);
    concerned(change.before());
    concerned(change.after());
  }

  private void concerned(ClusterDefinition definition) {
    if (definition != null) {
      ReadDefinition read = definition.definition();
      read.uses().forEach(this::add);
      cluster.index().competitorsOf(read).forEach(this::add);
    }
  }
}
