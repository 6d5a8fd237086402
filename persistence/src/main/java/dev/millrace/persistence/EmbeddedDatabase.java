package dev.millrace.persistence;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of this program's own, under its data directory, reachable on loopback only; its
 * data stays between runs. Owned by the program's main thread: start and close block.
 *
 * <p>A lock on the directory keeps a second program out. A server that a killed program left behind
 * is stopped first.
 */
public final class EmbeddedDatabase implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

  private final FileChannel lockFile;
  private final EmbeddedPostgres server;

  private EmbeddedDatabase(FileChannel lockFile, EmbeddedPostgres server) {
    this.lockFile = lockFile;
    this.server = server;
  }

  /**
   * Starts the server on the data of earlier runs, or on new data.
   *
   * @throws IllegalStateException when another program uses the directory
   * @throws UncheckedIOException when the server does not start
   */
  public static EmbeddedDatabase start(Path directory) {
    Path root = directory.toAbsolutePath().normalize();
    try {
      Files.createDirectories(root);
      FileChannel lockFile = lock(root);
      try {
        Path data = root.resolve("postgresql");
        stopLeftBehind(data);
        return new EmbeddedDatabase(lockFile, startServer(data));
      } catch (IOException | RuntimeException failure) {
        lockFile.close();
        throw failure;
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("PostgreSQL cannot be started under " + root, failure);
    }
  }

  /** Where it listens. */
  public DatabaseUrl url() {
    return new DatabaseUrl("127.0.0.1", server.getPort(), "postgres", "postgres", null, Map.of());
  }

  /** Stops the server; the data stays. */
  @Override
  public void close() {
    try {
      server.close();
      lockFile.close();
    } catch (IOException failure) {
      throw new UncheckedIOException("PostgreSQL did not stop cleanly", failure);
    }
  }

  private static FileChannel lock(Path root) throws IOException {
    FileChannel file =
        FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = file.tryLock();
    } catch (OverlappingFileLockException heldHere) {
      log.atDebug().log("The directory is locked by this very process");
    }
    if (lock == null) {
      file.close();
      throw new IllegalStateException(
          "another Millrace uses the data directory "
              + root
              + "; stop it, choose another MILLRACE_DATA_DIR, or give MILLRACE_DATABASE_URL to share one database");
    }
    return file;
  }

  /**
   * The lock is ours, so a server that still runs on the data belongs to a program that was killed.
   */
  private static void stopLeftBehind(Path data) throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    List<String> lines = Files.readAllLines(pidFile);
    if (lines.size() < 2 || !lines.get(0).strip().matches("[0-9]{1,10}")) {
      return;
    }
    long pid = Long.parseLong(lines.get(0).strip());
    ProcessHandle process = ProcessHandle.of(pid).orElse(null);
    if (process == null || !isServerOf(process, data)) {
      return;
    }
    log.atWarn()
        .addKeyValue("pid", pid)
        .log("Stopping the PostgreSQL that a killed program left behind");
    process.destroy();
    try {
      process.onExit().get(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException stuck) {
      process.destroyForcibly();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isServerOf(ProcessHandle process, Path data) {
    return process
        .info()
        .arguments()
        .map(arguments -> List.of(arguments).contains(data.toString()))
        .orElse(false);
  }

  private static EmbeddedPostgres startServer(Path data) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setRegisterShutdownHook(false)
        .setPGStartupWait(START_LIMIT)
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setServerConfig("max_connections", "50")
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on")
        .start();
  }
}
