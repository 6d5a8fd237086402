package dev.millrace.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How old a Lease looks, whatever the clock of its holder says. */
class ObservedLockTest {
  private static final ZonedDateTime THEN =
      ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  private final StoredLease stored = new StoredLease();
  private long nanos = -5;
  private final ObservedLock lock = new ObservedLock(stored, () -> nanos);

  /** What the API server has. */
  private static final class StoredLease implements Lock {
    LeaderElectionRecord record;

    @Override
    public LeaderElectionRecord get(KubernetesClient client) {
      return record;
    }

    @Override
    public void create(KubernetesClient client, LeaderElectionRecord first) {
      record = first;
    }

    @Override
    public void update(KubernetesClient client, LeaderElectionRecord next) {
      record = next;
    }

    @Override
    public String identity() {
      return "me";
    }

    @Override
    public String describe() {
      return "a lease";
    }
  }

  private static LeaderElectionRecord renewedAt(ZonedDateTime time) {
    return new LeaderElectionRecord("other", Duration.ofSeconds(15), THEN, time, 3);
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  private void looks(Duration old) {
    assertThat(lock.get(null).getRenewTime())
        .isCloseTo(ZonedDateTime.now(ZoneOffset.UTC).minus(old), within(5, ChronoUnit.SECONDS));
  }

  @ParameterizedTest
  @ValueSource(ints = {-600, 0, 600})
  void aLeaseIsAsOldAsItWasSeenUnchanged(int skewSeconds) {
    ZonedDateTime holders = ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(skewSeconds);
    stored.record = renewedAt(holders);
    looks(Duration.ZERO);

    pass(Duration.ofSeconds(60));
    looks(Duration.ofSeconds(60));

    stored.record = renewedAt(holders.plusSeconds(60));
    looks(Duration.ZERO);
    assertThat(lock.get(null).getHolderIdentity()).isEqualTo("other");
    assertThat(lock.get(null).getLeaderTransitions()).isEqualTo(3);
  }

  @Test
  void everythingElseIsThatOfTheLeaseItself() {
    assertThat(lock.get(null)).isNull();
    lock.create(null, renewedAt(THEN));
    assertThat(stored.record.getRenewTime()).isEqualTo(THEN);
    lock.update(null, renewedAt(THEN.plusDays(1)));
    assertThat(stored.record.getRenewTime()).isEqualTo(THEN.plusDays(1));
    assertThat(lock.identity()).isEqualTo("me");
    assertThat(lock.describe()).isEqualTo("a lease");
  }
}
