package dev.millrace.app.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OnEveryLoopTest {
  private static final int LOOPS = 4;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @Test
  void eachHasALoopOfItsOwnAlthoughItsStartTakesSomeToo() throws Exception {
    for (int round = 0; round < 20; round++) {
      Set<Thread> loops = ConcurrentHashMap.newKeySet();

      String deployment =
          await(
              OnEveryLoop.deploy(
                  vertx,
                  LOOPS,
                  () ->
                      context -> {
                        loops.add(Thread.currentThread());
                        vertx.createHttpClient();
                        return Future.succeededFuture();
                      }));

      assertThat(loops).hasSize(LOOPS);
      await(vertx.undeploy(deployment));
    }
  }

  @Test
  void aVerticleIsAskedToStopOnItsOwnContext() throws Exception {
    List<Context> contexts = new CopyOnWriteArrayList<>();
    Deployable verticle =
        new Deployable() {
          @Override
          public Future<?> deploy(Context context) {
            contexts.add(Vertx.currentContext());
            return Future.succeededFuture();
          }

          @Override
          public Future<?> undeploy(Context context) {
            contexts.add(Vertx.currentContext());
            return Future.succeededFuture();
          }
        };

    await(vertx.undeploy(await(OnEveryLoop.deploy(vertx, 1, () -> verticle))));

    assertThat(contexts).hasSize(2);
    assertThat(contexts.get(0)).isSameAs(contexts.get(1));
  }

  @Test
  void aStartThatFailsFailsTheDeployment() {
    Future<String> deployed =
        OnEveryLoop.deploy(
            vertx,
            LOOPS,
            () ->
                context -> {
                  throw new IllegalStateException("no port");
                });

    assertThatThrownBy(() -> await(deployed)).hasRootCauseMessage("no port");
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
