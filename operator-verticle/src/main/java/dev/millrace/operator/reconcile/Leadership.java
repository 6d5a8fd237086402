package dev.millrace.operator.reconcile;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this replica is the one that writes statuses: it holds the cluster's Lease. Owned by the
 * operator's verticle; tells of changes on a thread of its own.
 */
final class Leadership {
  /** The Lease that all replicas try to hold. */
  static final String LEASE = "millrace-operator";

  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
  private static final Duration LEASE_DURATION = Duration.ofSeconds(15);
  private static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);
  private static final Duration RETRY_PERIOD = Duration.ofSeconds(2);

  private final KubernetesClient client;
  private final String namespace;
  private final String identity;
  private final ScheduledExecutorService executor;
  private final Runnable gained;
  private final Runnable lost;
  private volatile boolean leading;
  private boolean closed;
  private CompletableFuture<?> election;

  /**
   * Makes it, not started yet.
   *
   * @param namespace of the Lease
   * @param identity tells this replica from the others
   * @param executor on which it works; the caller closes it afterwards
   * @param gained called when this replica begins to lead
   * @param lost called when it no longer does
   */
  Leadership(
      KubernetesClient client,
      String namespace,
      String identity,
      ScheduledExecutorService executor,
      Runnable gained,
      Runnable lost) {
    this.client = client;
    this.namespace = namespace;
    this.identity = identity;
    this.executor = executor;
    this.gained = gained;
    this.lost = lost;
  }

  boolean isLeading() {
    return leading;
  }

  /** Begins to try; goes on for as long as it is not closed. */
  @SuppressWarnings("FutureReturnValueIgnored") // its end leads to the next election
  synchronized void start() {
    if (closed) {
      return;
    }
    LeaderElector elector =
        client
            .leaderElector()
            .withConfig(
                new LeaderElectionConfigBuilder()
                    .withName(LEASE)
                    .withLock(
                        new ObservedLock(
                            new LeaseLock(namespace, LEASE, identity), System::nanoTime))
                    .withLeaseDuration(LEASE_DURATION)
                    .withRenewDeadline(RENEW_DEADLINE)
                    .withRetryPeriod(RETRY_PERIOD)
                    .withReleaseOnCancel(true)
                    .withLeaderCallbacks(
                        new LeaderCallbacks(this::begin, this::end, leader -> told(leader)))
                    .build())
            .build();
    election = elector.start();
    election.whenComplete((ended, failure) -> again(failure));
  }

  /** Tries no longer, and gives the Lease back. */
  void close() {
    CompletableFuture<?> running;
    synchronized (this) {
      closed = true;
      running = election;
    }
    if (running != null) {
      running.cancel(true);
    }
  }

  private void begin() {
    LOG.atInfo().addKeyValue("identity", identity).log("This operator writes statuses");
    leading = true;
    gained.run();
  }

  private void end() {
    if (leading) {
      leading = false;
      LOG.atInfo().addKeyValue("identity", identity).log("This operator writes statuses no longer");
      lost.run();
    }
  }

  private void told(String leader) {
    // A Lease that was given back names nobody.
    if (leader != null && !leader.isEmpty() && !identity.equals(leader)) {
      LOG.atInfo().addKeyValue("leader", leader).log("Another operator writes statuses");
    }
  }

  /** A lost Lease ends an election; the next one begins after a moment. */
  @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the next election
  private synchronized void again(Throwable failure) {
    if (!closed) {
      LOG.atDebug()
          .addKeyValue("reason", String.valueOf(failure))
          .log("The election is held again");
      executor.schedule(this::start, RETRY_PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
