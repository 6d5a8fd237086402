package dev.millrace.engine.catalog;

import dev.millrace.engine.validation.ResourceSet;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a directory of definitions into the catalog: {@code *.yaml *.yml *.json} at any depth,
 * hidden ones left out. Owned by the program; reads, validates and compiles on one thread of its
 * own, so that no event loop ever waits for a disk.
 *
 * <p>A file that cannot be read keeps serving what it held before. When the whole directory is gone
 * everything keeps serving.
 */
public final class DirectoryDefinitionSource implements DefinitionSource {
  private static final Logger LOG = LoggerFactory.getLogger(DirectoryDefinitionSource.class);

  /** Without events, as network file systems send none and queues overflow. */
  private static final Duration RESCAN = Duration.ofSeconds(5);

  private final ContextInternal context;
  private final Path directory;
  private final Catalog catalog;
  private final Predicate<String> namespaces;
  private final Duration rescan;
  private final DefinitionDirectory definitions;
  private final Promise<Void> started;
  private final Promise<Void> stopped;

  private Thread thread;
  private DirectoryWatch watch;
  private volatile boolean stopping;
  private boolean complained;

  private DirectoryDefinitionSource(
      Vertx vertx, Path directory, Catalog catalog, Predicate<String> namespaces, Duration rescan) {
    this.context = (ContextInternal) vertx.getOrCreateContext();
    this.directory = Objects.requireNonNull(directory);
    this.catalog = Objects.requireNonNull(catalog);
    this.namespaces = Objects.requireNonNull(namespaces);
    this.rescan = rescan;
    this.definitions = new DefinitionDirectory(directory, catalog.defaultNamespace());
    this.started = context.promise();
    this.stopped = context.promise();
  }

  /**
   * Makes a source that is not started yet.
   *
   * @param vertx on whose contexts the futures complete
   * @param directory must exist when the source is started
   */
  public static DirectoryDefinitionSource create(Vertx vertx, Path directory, Catalog catalog) {
    return create(vertx, directory, catalog, namespace -> true);
  }

  /**
   * Makes a source, not started yet, that leaves out what lies in other namespaces.
   *
   * @param namespaces asked on the source's own thread
   */
  public static DirectoryDefinitionSource create(
      Vertx vertx, Path directory, Catalog catalog, Predicate<String> namespaces) {
    return new DirectoryDefinitionSource(vertx, directory, catalog, namespaces, RESCAN);
  }

  static DirectoryDefinitionSource create(
      Vertx vertx, Path directory, Catalog catalog, Duration rescan) {
    return new DirectoryDefinitionSource(vertx, directory, catalog, namespace -> true, rescan);
  }

  /** Fails when the directory cannot be listed. */
  @Override
  public synchronized Future<Void> start() {
    if (thread != null) {
      throw new IllegalStateException("the source is started only once");
    }
    thread = new Thread(this::follow, "millrace-definitions");
    thread.setDaemon(true);
    thread.start();
    return started.future();
  }

  @Override
  public synchronized Future<Void> stop() {
    stopping = true;
    if (thread == null) {
      stopped.tryComplete();
    } else {
      thread.interrupt();
    }
    return stopped.future();
  }

  private void follow() {
    try (DirectoryWatch opened = DirectoryWatch.open()) {
      watch = opened;
      load();
      started.complete();
      while (!stopping) {
        opened.await(rescan);
        reload();
      }
    } catch (InterruptedException | ClosedWatchServiceException ended) {
      LOG.debug("Stopped following definitions");
    } catch (IOException | RuntimeException failure) {
      if (!started.tryFail(failure)) {
        LOG.error("Definitions are not followed any more", failure);
      }
    } finally {
      started.tryFail("the source was stopped before everything was loaded");
      stopped.complete();
    }
  }

  private void reload() {
    try {
      load();
      complained = false;
    } catch (IOException failure) {
      complain(
          "The directory of definitions cannot be listed; what was read keeps serving", failure);
    } catch (RuntimeException fault) {
      complain("Definitions could not be taken over; what was served before keeps serving", fault);
    }
  }

  /** Says it once, and not again with every rescan. */
  private void complain(String message, Exception cause) {
    if (!complained) {
      LOG.atError().setCause(cause).addKeyValue("directory", directory).log(message);
      complained = true;
    }
  }

  private void load() throws IOException {
    DirectoryScan scan = DirectoryScan.of(directory);
    if (watch.register(scan.directories())) {
      // What came into a new directory before it was watched sent no event.
      scan = DirectoryScan.of(directory);
    }
    ResourceSet changed = definitions.read(scan);
    if (changed != null) {
      catalog.update(changed.within(namespaces));
    }
  }
}
