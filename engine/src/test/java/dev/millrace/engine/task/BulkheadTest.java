package dev.millrace.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.definition.BulkheadSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BulkheadTest {
  private final List<String> granted = new ArrayList<>();

  private Bulkhead.Place place(String name) {
    return new Bulkhead.Place() {
      @Override
      void granted() {
        granted.add(name);
      }
    };
  }

  @Test
  void servesFirstComeFirst() {
    // Given
    Bulkhead bulkhead = new Bulkhead(new BulkheadSpec(1, 2));
    assertThat(bulkhead.enter(place("a"))).isEqualTo(Bulkhead.Entry.ENTERED);
    assertThat(bulkhead.enter(place("b"))).isEqualTo(Bulkhead.Entry.WAITING);
    assertThat(bulkhead.enter(place("c"))).isEqualTo(Bulkhead.Entry.WAITING);
    assertThat(bulkhead.enter(place("d"))).isEqualTo(Bulkhead.Entry.FULL);

    // When
    bulkhead.leave();
    bulkhead.leave();

    // Then
    assertThat(granted).containsExactly("b", "c");
    assertThat(bulkhead.inFlight()).isEqualTo(1);
    assertThat(bulkhead.queued()).isZero();
  }

  @Test
  void aPlaceThatIsGivenUpIsFreeForOthers() {
    // Given
    Bulkhead bulkhead = new Bulkhead(new BulkheadSpec(1, 1));
    bulkhead.enter(place("a"));
    Bulkhead.Place second = place("b");
    bulkhead.enter(second);

    // When
    boolean gaveUp = bulkhead.giveUp(second);

    // Then
    assertThat(gaveUp).isTrue();
    assertThat(bulkhead.giveUp(second)).isFalse();
    assertThat(bulkhead.enter(place("c"))).isEqualTo(Bulkhead.Entry.WAITING);
    bulkhead.leave();
    assertThat(granted).containsExactly("c");
  }

  @Test
  void neverHoldsTooManyAndLosesNobodyUnderContention() throws InterruptedException {
    // Given
    int threads = 4;
    int rounds = 5_000;
    Bulkhead bulkhead = new Bulkhead(new BulkheadSpec(3, 5));
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger open = new AtomicInteger(threads * rounds);
    CountDownLatch done = new CountDownLatch(threads);

    // When
    for (int i = 0; i < threads; i++) {
      new Thread(
              () -> {
                for (int round = 0; round < rounds; round++) {
                  new Visit(bulkhead, inside, most, open).begin();
                }
                done.countDown();
              })
          .start();
    }

    // Then
    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(open).hasValue(0);
    assertThat(most.get()).isBetween(1, 3);
    assertThat(bulkhead.inFlight()).isZero();
    assertThat(bulkhead.queued()).isZero();
  }

  /** Enters, is inside for a moment and leaves; or gives up now and then. */
  private static final class Visit extends Bulkhead.Place {
    private final Bulkhead bulkhead;
    private final AtomicInteger inside;
    private final AtomicInteger most;
    private final AtomicInteger open;

    Visit(Bulkhead bulkhead, AtomicInteger inside, AtomicInteger most, AtomicInteger open) {
      this.bulkhead = bulkhead;
      this.inside = inside;
      this.most = most;
      this.open = open;
    }

    void begin() {
      switch (bulkhead.enter(this)) {
        case ENTERED -> granted();
        case FULL -> open.decrementAndGet();
        case WAITING -> {
          if (ThreadLocalRandom.current().nextInt(4) == 0 && bulkhead.giveUp(this)) {
            open.decrementAndGet();
          }
        }
      }
    }

    @Override
    void granted() {
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      Thread.onSpinWait();
      inside.decrementAndGet();
      open.decrementAndGet();
      bulkhead.leave();
    }
  }
}
