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
 * A PostgreSQL of this program's own, under its data directory, reachable on loopback only and with
 * its password; its data stays between runs. Owned by the program's main thread: start and close
 * block.
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
  private final String password;

  private EmbeddedDatabase(FileChannel lockFile, EmbeddedPostgres server, String password) {
    this.lockFile = lockFile;
    this.server = server;
    this.password = password;
  }

  /**
   * Starts the server on the data of earlier runs, or on new data.
   *
   * @throws IllegalStateException when another program uses the directory
   * @throws UncheckedIOException when the server does not start
   */
  public static EmbeddedDatabase start(Path directory) {
    return start(directory, directory.resolve("postgresql-program"));
  }

  /**
   * The same, with the program unpacked elsewhere.
   *
   * @param program where it is unpacked to once; not a directory that others may write to, such as
   *     the system's temporary one
   */
  static EmbeddedDatabase start(Path directory, Path program) {
    Path root = directory.toAbsolutePath().normalize();
    try {
      Files.createDirectories(root);
      FileChannel lockFile = lock(root);
      try {
        Path data = root.resolve("postgresql");
        stopLeftBehind(data);
        EmbeddedPassword password = EmbeddedPassword.of(root, data);
        EmbeddedPostgres server = startServer(data, program.toAbsolutePath(), password);
        password.protect(server.getPort());
        return new EmbeddedDatabase(lockFile, server, password.text());
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
    return new DatabaseUrl(
        "127.0.0.1",
        server.getPort(),
        "postgres",
        "postgres",
        password,
        Map.of("sslmode", "disable"));
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
   * A file that names a process which is no such server is stale: PostgreSQL would take whatever
   * runs under that number now for one.
   */
  private static void stopLeftBehind(Path data) throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    List<String> lines = Files.readAllLines(pidFile);
    String pid = lines.isEmpty() ? "" : lines.get(0).strip();
    ProcessHandle process =
        pid.matches("[0-9]{1,10}") ? ProcessHandle.of(Long.parseLong(pid)).orElse(null) : null;
    if (process == null || !isServerOf(process, data)) {
      Files.delete(pidFile);
      return;
    }
    log.atWarn()
        .addKeyValue("pid", pid)
        .log("Stopping the PostgreSQL that a killed program left behind");
    stop(process);
  }

  /** SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for connected clients. */
  private static void stop(ProcessHandle process) throws IOException {
    Process signal =
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      signal.waitFor();
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

  /** {@code initdb} is given its options where the library lets those for the locale through. */
  private static EmbeddedPostgres startServer(Path data, Path program, EmbeddedPassword password)
      throws IOException {
    return EmbeddedPostgres.builder()
        .setOverrideWorkingDirectory(program.toFile())
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setRegisterShutdownHook(false)
        .setPGStartupWait(START_LIMIT)
        .setLocaleConfig("pwfile", password.file().toString())
        .setLocaleConfig("auth-host", EmbeddedPassword.method())
        .setLocaleConfig("auth-local", EmbeddedPassword.method())
        .setConnectConfig("password", password.text())
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setServerConfig("unix_socket_directories", "''") // its directory is everybody's
        .setServerConfig("max_connections", "50")
        .setServerConfig("fsync", "on") // the library's default is off
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on")
        .setServerConfig("logging_collector", "on")
        .setServerConfig("log_directory", "log")
        .setServerConfig("log_filename", "postgresql-%a.log")
        .setServerConfig("log_truncate_on_rotation", "on")
        .setServerConfig("log_rotation_age", "1d")
        .setServerConfig("log_rotation_size", "0")
        .start();
  }
}
