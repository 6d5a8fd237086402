package dev.millrace.engine.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.engine.problem.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  @Test
  void letsInUpToItsLimit() {
    Admission admission = new Admission(2);

    assertThat(admission.enter()).isNull();
    assertThat(admission.refusal()).isNull();
    assertThat(admission.enter()).isNull();
    assertThat(admission.refusal().code()).isEqualTo(ErrorCode.TooManyExecutions);
    assertThat(admission.enter().code()).isEqualTo(ErrorCode.TooManyExecutions);
    assertThat(admission.inFlight()).isEqualTo(2);
    admission.leave();
    assertThat(admission.refusal()).isNull();
    assertThat(admission.enter()).isNull();
  }

  @Test
  void drainsAtOnceWhenNothingIsInFlight() {
    Admission admission = new Admission(1);

    assertThat(admission.isDraining()).isFalse();
    assertThat(admission.drain().isComplete()).isTrue();
    assertThat(admission.isDraining()).isTrue();
    assertThat(admission.enter().code()).isEqualTo(ErrorCode.Draining);
    assertThat(admission.refusal().code()).isEqualTo(ErrorCode.Draining);
  }

  @Test
  void neverLetsInMoreFromManyThreads() throws Exception {
    Admission admission = new Admission(3);
    AtomicInteger most = new AtomicInteger();
    AtomicInteger inside = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> all = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      all.add(
          threads.submit(
              () -> {
                for (int round = 0; round < 20_000; round++) {
                  if (admission.enter() == null) {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    inside.decrementAndGet();
                    admission.leave();
                  }
                }
              }));
    }
    for (Future<?> one : all) {
      one.get(20, TimeUnit.SECONDS);
    }
    threads.shutdown();

    assertThat(most.get()).isBetween(1, 3);
    assertThat(admission.inFlight()).isZero();
    assertThat(admission.drain().isComplete()).isTrue();
  }

  @Test
  void needsRoomForOne() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Admission(0));
  }
}
