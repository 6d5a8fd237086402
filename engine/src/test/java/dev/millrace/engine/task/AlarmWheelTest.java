package dev.millrace.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The clock is the test's; that somebody turns the wheel is Vert.x' matter. */
class AlarmWheelTest {
  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);
  private final AlarmWheel wheel = new AlarmWheel(vertx, nanos::get);
  private final List<String> rung = new ArrayList<>();

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Test
  void ringsWhenTheDelayIsOverAndNotBefore() {
    onLoop(() -> wheel.set(100, () -> rung.add("a")));

    pass(99);
    assertThat(rung).isEmpty();

    pass(1 + 2 * AlarmWheel.TICK_MILLIS);
    assertThat(rung).containsExactly("a");

    pass(10_000);
    assertThat(rung).containsExactly("a");
  }

  @Test
  void ringsAlarmsBeyondOneTurnOfTheWheelInTheirOwnTurn() {
    onLoop(() -> wheel.set(60_000, () -> rung.add("minute")));

    for (int second = 0; second < 59; second++) {
      pass(1_000);
    }
    assertThat(rung).isEmpty();

    pass(1_020);
    assertThat(rung).containsExactly("minute");
  }

  @Test
  void ringsEverythingThatIsDueAfterALongStandstill() {
    onLoop(
        () -> {
          wheel.set(150, () -> rung.add("soon"));
          wheel.set(7_000, () -> rung.add("later"));
          wheel.set(70_000, () -> rung.add("last"));
        });

    pass(30_000);
    assertThat(rung).containsExactlyInAnyOrder("soon", "later");
  }

  @Test
  void leavesOutWhatIsCancelledEvenByAnAlarmOfTheSameTick() {
    List<Timers.Alarm> alarms = new ArrayList<>();
    onLoop(
        () -> {
          for (int index = 0; index < 5; index++) {
            alarms.add(
                wheel.set(
                    200,
                    () -> {
                      rung.add("one");
                      alarms.forEach(Timers.Alarm::cancel);
                    }));
          }
        });

    pass(300);
    assertThat(rung).containsExactly("one");
  }

  @Test
  void takesAlarmsThatAreSetWhileOneRings() {
    onLoop(
        () ->
            wheel.set(
                100,
                () -> {
                  rung.add("first");
                  wheel.set(100, () -> rung.add("second"));
                }));

    pass(120);
    assertThat(rung).containsExactly("first");
    pass(120);
    assertThat(rung).containsExactly("first", "second");
  }

  @Test
  void agreesWithAPlainListOfAlarms() {
    SplittableRandom random = new SplittableRandom(11);
    List<Timers.Alarm> handles = new ArrayList<>();
    List<Long> dueAt = new ArrayList<>();
    List<Integer> heard = new ArrayList<>();
    List<Integer> cancelled = new ArrayList<>();
    for (int step = 0; step < 400; step++) {
      onLoop(
          () -> {
            int number = handles.size();
            long delay = random.nextLong(1, 20_000);
            dueAt.add(nanos.get() + delay * 1_000_000);
            handles.add(
                wheel.set(
                    delay,
                    () -> {
                      assertThat(nanos.get() - dueAt.get(number)).isNotNegative();
                      heard.add(number);
                    }));
            int victim = random.nextInt(handles.size());
            if (random.nextInt(3) == 0 && !heard.contains(victim)) {
              handles.get(victim).cancel();
              cancelled.add(victim);
            }
          });
      pass(random.nextLong(1, 200));
    }
    pass(20_020);

    assertThat(heard).doesNotHaveDuplicates().doesNotContainAnyElementsOf(cancelled);
    assertThat(heard.size() + cancelled.stream().distinct().count()).isEqualTo(handles.size());
  }

  /** Moves the clock and waits until the wheel has been turned since. */
  private void pass(long millis) {
    nanos.addAndGet(millis * 1_000_000);
    CompletableFuture<Void> turned = new CompletableFuture<>();
    // the wheel's timer was set before and is as fast: it has rung when this one has rung twice
    loop.runOnContext(
        start ->
            vertx.setTimer(
                AlarmWheel.TICK_MILLIS,
                first -> vertx.setTimer(AlarmWheel.TICK_MILLIS, second -> turned.complete(null))));
    turned.orTimeout(10, TimeUnit.SECONDS).join();
  }

  private void onLoop(Runnable action) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    loop.runOnContext(
        start -> {
          action.run();
          done.complete(null);
        });
    done.orTimeout(10, TimeUnit.SECONDS).join();
  }
}
