package dev.millrace.operator.reconcile;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.function.LongSupplier;

/**
 * A Lease whose age is that since this replica saw it renewed; owned by {@link Leadership}, used on
 * the elector's threads.
 *
 * <p>The elector compares the time that the holder wrote with its own. Where the clocks of two
 * machines are further apart than a Lease lasts, it would take the Lease from a holder that is
 * alive, or leave it for long with one that is dead. So it is given the time of the observation
 * instead, which no clock but this process' own has a part in.
 */
final class ObservedLock implements Lock {
  private final Lock lock;
  private final LongSupplier nanoTime;
  private LeaderElectionRecord seen;
  private long seenAt;

  /**
   * Makes it.
   *
   * @param nanoTime as {@link System#nanoTime()}
   */
  ObservedLock(Lock lock, LongSupplier nanoTime) {
    this.lock = lock;
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized LeaderElectionRecord get(KubernetesClient client) {
    LeaderElectionRecord found = lock.get(client);
    if (found == null) {
      return null;
    }
    if (!found.equals(seen)) {
      seen = found;
      seenAt = nanoTime.getAsLong();
    }
    Duration age = Duration.ofNanos(nanoTime.getAsLong() - seenAt);
    return found.toBuilder().renewTime(ZonedDateTime.now(ZoneOffset.UTC).minus(age)).build();
  }

  @Override
  public void create(KubernetesClient client, LeaderElectionRecord first) {
    lock.create(client, first);
  }

  @Override
  public void update(KubernetesClient client, LeaderElectionRecord next) {
    lock.update(client, next);
  }

  @Override
  public String identity() {
    return lock.identity();
  }

  @Override
  public String describe() {
    return lock.describe();
  }
}
