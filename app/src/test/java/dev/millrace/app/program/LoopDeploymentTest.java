package dev.millrace.app.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopDeploymentTest {
  private static final int LOOPS = 4;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));
  private final List<Thread> started = new CopyOnWriteArrayList<>();
  private final Set<Thread> stopped = ConcurrentHashMap.newKeySet();

  @AfterEach
  void close() {
    await(vertx.close());
  }

  @Test
  void placesOneVerticleOnEachLoop() {
    await(LoopDeployment.deploy(vertx, LOOPS, Recording::new));

    assertThat(started).hasSize(LOOPS).doesNotHaveDuplicates();
  }

  @Test
  void placesOneVerticleOnEachLoopWhereOthersTakeLoopsMeanwhile() {
    AtomicInteger starts = new AtomicInteger();

    await(
        LoopDeployment.deploy(
            vertx,
            LOOPS,
            () -> {
              // as an HTTP client or a timer does that starts from a thread of its own
              for (int other = 0; other < starts.getAndIncrement() % 3 + 1; other++) {
                takeLoopOnAnotherThread();
              }
              return new Recording();
            }));

    assertThat(started).hasSize(LOOPS).doesNotHaveDuplicates();
  }

  @Test
  void undeploysAll() {
    LoopDeployment deployment = await(LoopDeployment.deploy(vertx, LOOPS, Recording::new));

    await(deployment.undeploy());

    assertThat(stopped).containsExactlyInAnyOrderElementsOf(started);
    assertThat(vertx.deploymentIDs()).isEmpty();
  }

  @Test
  void leavesNothingBehindWhereOneCannotStart() {
    AtomicInteger made = new AtomicInteger();

    Future<LoopDeployment> deployed =
        LoopDeployment.deploy(
            vertx, LOOPS, () -> made.incrementAndGet() < LOOPS ? new Recording() : new Broken());

    assertThat(awaitFailure(deployed)).hasMessage("cannot start");
    assertThat(vertx.deploymentIDs()).isEmpty();
  }

  private void takeLoopOnAnotherThread() {
    Thread thread = new Thread(vertx::getOrCreateContext);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  private static Throwable awaitFailure(Future<?> future) {
    List<Throwable> failures = new ArrayList<>();
    await(future.<Object>map(done -> done).otherwise(failure -> failures.add(failure)));
    return failures.get(0);
  }

  private final class Recording extends VerticleBase {
    @Override
    public Future<?> start() {
      started.add(Thread.currentThread());
      return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
      stopped.add(Thread.currentThread());
      return Future.succeededFuture();
    }
  }

  private static final class Broken extends VerticleBase {
    @Override
    public Future<?> start() {
      return Future.failedFuture("cannot start");
    }
  }
}
