package dev.millrace.app.program;

import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * One verticle on each event loop, deployed and undeployed as one. Vert.x gives every new context
 * the next loop in turn, whoever asks: several instances of one deployment may share a loop and
 * leave others idle when anything else starts meanwhile. Owned by {@link GatewayProgram}, used on
 * any thread.
 */
final class LoopDeployment {
  /** Tries for each loop; one in as many as there are loops hits a free one at worst. */
  private static final int TRIES = 16;

  private final Vertx vertx;
  private final List<String> ids;

  private LoopDeployment(Vertx vertx, List<String> ids) {
    this.vertx = vertx;
    this.ids = List.copyOf(ids);
  }

  /**
   * Deploys one after the other; those deployed are undeployed again when one fails.
   *
   * @param loops the size of the Vert.x' event-loop pool
   */
  static Future<LoopDeployment> deploy(
      Vertx vertx, int loops, Supplier<? extends Deployable> verticles) {
    Placement placement = new Placement(vertx, loops, verticles);
    return placement
        .next(loops * TRIES)
        .map(all -> new LoopDeployment(vertx, placement.ids))
        .recover(
            failure ->
                new LoopDeployment(vertx, placement.ids)
                    .undeploy()
                    .transform(undeployed -> Future.failedFuture(failure)));
  }

  /** Undeploys all at once; fails when one did, after all have ended. */
  Future<Void> undeploy() {
    return Future.join(ids.stream().map(vertx::undeploy).toList()).mapEmpty();
  }

  /** The verticles placed so far; one step follows the other. */
  private static final class Placement {
    private final Vertx vertx;
    private final int loops;
    private final Supplier<? extends Deployable> verticles;
    private final Set<Thread> taken = ConcurrentHashMap.newKeySet();
    private final List<String> ids = new ArrayList<>();

    Placement(Vertx vertx, int loops, Supplier<? extends Deployable> verticles) {
      this.vertx = vertx;
      this.loops = loops;
      this.verticles = verticles;
    }

    Future<Void> next(int tries) {
      if (ids.size() == loops) {
        return Future.succeededFuture();
      }
      return vertx
          .deployVerticle(new OnFreeLoop(verticles.get(), taken, tries > 0))
          .map(ids::add)
          .recover(
              failure ->
                  failure instanceof LoopTaken
                      ? Future.succeededFuture(false)
                      : Future.failedFuture(failure))
          .compose(placed -> next(tries - 1));
    }
  }

  /** Starts the verticle unless its loop has one already. */
  private record OnFreeLoop(Deployable verticle, Set<Thread> taken, boolean choosy)
      implements Deployable {
    @Override
    public Future<?> deploy(Context context) throws Exception {
      if (!taken.add(Thread.currentThread()) && choosy) {
        return Future.failedFuture(new LoopTaken());
      }
      return verticle.deploy(context);
    }

    @Override
    public Future<?> undeploy(Context context) throws Exception {
      return verticle.undeploy(context);
    }
  }

  private static final class LoopTaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LoopTaken() {
      super("this event loop has its verticle already", null, false, false);
    }
  }
}
