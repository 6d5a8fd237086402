package dev.millrace.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.operator.testing.ApiServer;
import dev.millrace.operator.testing.TestCluster;
import dev.millrace.operator.testing.TestNamespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who leads where the clock of another machine is minutes off. */
@ExtendWith(ApiServer.class)
@Timeout(180)
class LeadershipKT {
  private static final Duration LEASE = Duration.ofSeconds(15);

  private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(2);

  /** Another replica, whose clock is not ours. */
  private static final class Holder {
    final LeaseLock lock;
    final Duration skew;
    final KubernetesClient client;

    Holder(KubernetesClient client, TestNamespace namespace, Duration skew) {
      this.client = client;
      this.skew = skew;
      this.lock = new LeaseLock(namespace.name(), Leadership.LEASE, "other");
    }

    private LeaderElectionRecord record() {
      ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC).plus(skew);
      return new LeaderElectionRecord("other", LEASE, now, now, 0);
    }

    void take() {
      lock.create(client, record());
    }

    /** Whether it could; a server that is slow for once does not end it. */
    boolean renew() {
      try {
        lock.get(client);
        lock.update(client, record());
        return true;
      } catch (KubernetesClientException later) {
        return false;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-600, 600})
  void aHolderThatRenewsKeepsTheLeaseAndOneThatDoesNotLosesIt(
      long skewSeconds, TestCluster cluster, TestNamespace namespace) throws Exception {
    AtomicInteger gained = new AtomicInteger();
    try (KubernetesClient client = cluster.client()) {
      Holder holder = new Holder(client, namespace, Duration.ofSeconds(skewSeconds));
      holder.take();
      AtomicInteger renewed = new AtomicInteger();
      var renewing =
          executor.scheduleAtFixedRate(
              () -> {
                if (holder.renew()) {
                  renewed.incrementAndGet();
                }
              },
              0,
              1,
              TimeUnit.SECONDS);
      Leadership leadership =
          new Leadership(
              client, namespace.name(), "me", executor, gained::incrementAndGet, () -> {});
      leadership.start();

      await().atMost(Duration.ofSeconds(60)).until(() -> renewed.get() > 20);
      assertThat(gained).as("taken from who is alive").hasValue(0);
      renewing.cancel(false);

      await().atMost(LEASE.multipliedBy(3)).until(() -> gained.get() == 1);
      assertThat(leadership.isLeading()).isTrue();
      leadership.close();
    } finally {
      executor.shutdownNow();
    }
  }
}
