package dev.millrace.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.FailureException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackgroundWorkTest {
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void refusesMoreThanMayWaitAndGoesOnAfterwards() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    List<Future<Boolean>> all = new ArrayList<>();
    Future<BackgroundWork> made =
        onLoop(
            () -> {
              BackgroundWork work = new BackgroundWork(vertx);
              for (int index = 0; index < 70; index++) {
                all.add(work.run(() -> gate.await(10, TimeUnit.SECONDS)));
              }
              return work;
            });
    BackgroundWork work = await(made);
    Future<Boolean> refused = all.get(69);
    assertThat(refused.failed()).isTrue();
    assertThat(((FailureException) refused.cause()).failure().code())
        .isEqualTo(ErrorCode.RateLimited);
    gate.countDown();
    for (Future<Boolean> accepted : all.subList(0, 64)) {
      assertThat(await(accepted)).isTrue();
    }
    Future<Integer> next = onLoop(() -> work).compose(it -> it.run(() -> 7));
    assertThat(await(next).intValue()).isEqualTo(7);
    work.close();
  }

  private <T> Future<T> onLoop(Callable<T> action) {
    Promise<T> promise = Promise.promise();
    context.runOnContext(
        ignored -> {
          try {
            promise.complete(action.call());
          } catch (Exception e) {
            promise.fail(e);
          }
        });
    return promise.future();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
