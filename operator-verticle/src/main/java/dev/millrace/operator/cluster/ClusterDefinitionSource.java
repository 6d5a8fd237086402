package dev.millrace.operator.cluster;

import dev.millrace.engine.catalog.Catalog;
import dev.millrace.engine.catalog.DefinitionSource;
import dev.millrace.engine.catalog.Origin;
import dev.millrace.engine.problem.ResourceName;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the resources of a cluster into the catalog. Owned by the program; validates and compiles
 * on one thread of its own.
 *
 * <p>Changes that come together are taken over together. While the cluster cannot be reached,
 * everything keeps serving; what changed meanwhile comes when it is back.
 */
public final class ClusterDefinitionSource implements DefinitionSource {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterDefinitionSource.class);

  /** How long changes gather before they are taken over. */
  private static final long GATHERING_MILLIS = 50;

  /** An API server that is updated is back sooner; after that, a restart may help. */
  private static final Duration START_WITHIN = Duration.ofMinutes(5);

  private final ContextInternal context;
  private final Duration startWithin;
  private final ClusterDefinitions cluster;
  private final Catalog catalog;
  private final Semaphore changed = new Semaphore(0);
  private final Promise<Void> started;
  private final Promise<Void> stopped;
  private Thread thread;
  private volatile boolean stopping;

  /**
   * Makes a source that is not started yet.
   *
   * @param vertx on whose contexts the futures complete
   * @param cluster not started yet; the source starts and closes it
   */
  public ClusterDefinitionSource(Vertx vertx, ClusterDefinitions cluster, Catalog catalog) {
    this(vertx, cluster, catalog, START_WITHIN);
  }

  ClusterDefinitionSource(
      Vertx vertx, ClusterDefinitions cluster, Catalog catalog, Duration startWithin) {
    this.startWithin = startWithin;
    this.context = (ContextInternal) vertx.getOrCreateContext();
    this.cluster = cluster;
    this.catalog = catalog;
    this.started = context.promise();
    this.stopped = context.promise();
  }

  /**
   * Completes when everything that the cluster has is served. While it cannot be reached, this
   * waits, but not for longer than five minutes.
   */
  @Override
  public synchronized Future<Void> start() {
    if (thread != null) {
      throw new IllegalStateException("the source is started only once");
    }
    cluster.listen(
        change -> {
          if (change.ofDefinition()) {
            changed.release();
          }
        });
    thread = new Thread(this::follow, "millrace-definitions");
    thread.setDaemon(true);
    Future.fromCompletionStage(cluster.start())
        .onSuccess(synced -> thread.start())
        .onFailure(started::tryFail);
    return started
        .future()
        .timeout(startWithin.toMillis(), TimeUnit.MILLISECONDS)
        .recover(this::told);
  }

  private Future<Void> told(Throwable failure) {
    return Future.failedFuture(
        failure instanceof TimeoutException
            ? new IllegalStateException(
                "The definitions of the cluster could not be read within "
                    + startWithin.toSeconds()
                    + " s. The log says why; check the address of the API server, the account's"
                    + " rights and whether the resource definitions are installed.")
            : failure);
  }

  @Override
  public synchronized Future<Void> stop() {
    stopping = true;
    cluster.close();
    if (thread == null || !thread.isAlive()) {
      started.tryFail("the source was stopped before everything was loaded");
      stopped.tryComplete();
    } else {
      thread.interrupt();
    }
    return stopped.future();
  }

  /** Who changed a definition last, for its history. */
  public Origin originOf(ResourceName name) {
    return cluster.originOf(name);
  }

  private void follow() {
    try {
      changed.drainPermits();
      load();
      started.tryComplete();
      while (!stopping) {
        changed.acquire();
        TimeUnit.MILLISECONDS.sleep(GATHERING_MILLIS);
        changed.drainPermits();
        reload();
      }
    } catch (InterruptedException ended) {
      LOG.debug("Stopped following definitions");
    } catch (RuntimeException failure) {
      started.tryFail(failure);
    } finally {
      stopped.tryComplete();
    }
  }

  private void reload() {
    try {
      load();
    } catch (RuntimeException fault) {
      LOG.atError()
          .setCause(fault)
          .log("Definitions could not be taken over; what was served before keeps serving");
    }
  }

  private void load() {
    catalog.update(cluster.index());
  }
}
