package dev.millrace.engine.catalog;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for changes in directories; owned by one {@link DirectoryDefinitionSource}, used on its
 * thread only. Events say only that something changed: what, is found by looking.
 */
final class DirectoryWatch implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(DirectoryWatch.class);

  /** An editor saves, and a deployment copies, in several steps. */
  private static final long QUIET_MILLIS = 60;

  /** A directory that never becomes quiet is looked at all the same. */
  private static final long LONGEST_NANOS = 1_000_000_000L;

  private final WatchService service;
  private final Map<Path, WatchKey> watched = new HashMap<>();

  private DirectoryWatch(WatchService service) {
    this.service = service;
  }

  static DirectoryWatch open() throws IOException {
    return new DirectoryWatch(FileSystems.getDefault().newWatchService());
  }

  /** Watches these directories and no others; tells whether one of them is new. */
  boolean register(List<Path> directories) {
    watched.values().removeIf(key -> !key.isValid());
    Set<Path> wanted = new HashSet<>(directories);
    watched
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !wanted.contains(entry.getKey());
              if (gone) {
                entry.getValue().cancel();
              }
              return gone;
            });
    boolean added = false;
    for (Path directory : directories) {
      if (!watched.containsKey(directory)) {
        added |= register(directory);
      }
    }
    return added;
  }

  private boolean register(Path directory) {
    try {
      WatchKey key =
          directory.register(
              service,
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_MODIFY,
              StandardWatchEventKinds.ENTRY_DELETE);
      watched.put(directory, key);
      return true;
    } catch (IOException notWatchable) {
      // It may be gone again, or the system has no watches left: the rescans still see it.
      LOG.atDebug()
          .setCause(notWatchable)
          .addKeyValue("directory", directory)
          .log("A directory cannot be watched");
      return false;
    }
  }

  /** Returns when something changed and it is quiet again, or when the time is over. */
  void await(Duration longest) throws InterruptedException {
    WatchKey key = service.poll(longest.toMillis(), TimeUnit.MILLISECONDS);
    long until = System.nanoTime() + LONGEST_NANOS;
    while (key != null) {
      key.pollEvents();
      key.reset();
      key =
          System.nanoTime() - until < 0 ? service.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS) : null;
    }
  }

  @Override
  public void close() throws IOException {
    service.close();
  }
}
