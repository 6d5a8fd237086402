package dev.millrace.app.program;

import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/**
 * A verticle that begins to start when all of its kind have their event loops; made by {@link
 * #deploy}, lives on its own.
 *
 * <p>Vert.x deals out event loops in turn, and to more than verticles: an HTTP client takes one for
 * its timer. Verticles that start while others are still to be placed would take turns that were
 * theirs, and several could come to be on one loop while another stays without.
 */
final class OnEveryLoop implements Deployable {
  private final Deployable verticle;
  private final Future<Void> placed;

  private OnEveryLoop(Deployable verticle, Future<Void> placed) {
    this.verticle = verticle;
    this.placed = placed;
  }

  /** Deploys one verticle for each event loop; completes with the deployment. */
  static Future<String> deploy(Vertx vertx, int loops, Supplier<Deployable> verticles) {
    Promise<Void> placed = Promise.promise();
    Future<String> deployed =
        vertx.deployVerticle(
            () -> new OnEveryLoop(verticles.get(), placed.future()),
            new DeploymentOptions().setInstances(loops));
    placed.complete();
    return deployed;
  }

  @Override
  public Future<?> deploy(Context context) {
    Promise<Void> turn = Promise.promise();
    placed.onSuccess(all -> context.runOnContext(onLoop -> turn.complete()));
    return turn.future().compose(onLoop -> start(context));
  }

  private Future<?> start(Context context) {
    try {
      return verticle.deploy(context);
    } catch (Exception failure) {
      return Future.failedFuture(failure);
    }
  }

  @Override
  public Future<?> undeploy(Context context) throws Exception {
    return verticle.undeploy(context);
  }
}
