package dev.millrace.perf.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A server that this comparison started, as a process of its own on 127.0.0.1. Owned by {@link
 * Compare}, which closes it; its output goes to a log in the work directory.
 */
final class Server implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration STOP = Duration.ofSeconds(10);
  private static final int LOG_TAIL_LINES = 20;

  private final String name;
  private final int port;
  private final Process process;
  private final Path log;
  private final RecordDatabase database;
  private AllocatedBytes allocatedBytes;

  private Server(String name, int port, Process process, Path log, RecordDatabase database) {
    this.name = name;
    this.port = port;
    this.process = process;
    this.log = log;
    this.database = database;
  }

  /**
   * Starts a program.
   *
   * @param database its record; null where it keeps none
   */
  static Server start(
      String name,
      int port,
      List<String> command,
      Map<String, String> environment,
      Path work,
      RecordDatabase database) {
    Path log = work.resolve(name.replace(' ', '-') + ".out");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    // What the caller's shell says to Millrace would be said to one of the contestants only.
    builder.environment().keySet().removeIf(variable -> variable.startsWith("MILLRACE_"));
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      StartedProcesses.record(work, process);
      return new Server(name, port, process, log, database);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot start " + name, failure);
    }
  }

  /** A port that was free a moment ago. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException("there is no free port on 127.0.0.1", failure);
    }
  }

  String name() {
    return name;
  }

  int port() {
    return port;
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  double cpuSeconds() throws IOException {
    requireAlive();
    return ProcessorTime.ofProcess(process.pid()).own();
  }

  /** Since it started, by all its threads. */
  long allocatedBytes() throws IOException {
    if (allocatedBytes == null) {
      allocatedBytes = AllocatedBytes.of(process.pid());
    }
    return allocatedBytes.read();
  }

  /** Of its database; 0 without one. */
  double databaseCpuSeconds() throws IOException {
    return database == null ? 0 : database.cpuSeconds();
  }

  /** How many executions it has on record; 0 where it keeps none. */
  long recordedExecutions() {
    return database == null ? 0 : database.executions();
  }

  boolean keepsRecord() {
    return database != null;
  }

  /** Waits until the path answers 200; fails with the end of the log when it does not in time. */
  void awaitReady(Exchange exchange, String path) throws InterruptedException {
    Instant giveUp = Instant.now().plus(START);
    while (!exchange.answers200(url(path))) {
      requireAlive();
      if (Instant.now().isAfter(giveUp)) {
        throw new IllegalStateException(
            name + " was not ready after " + START.toSeconds() + " s:\n" + logTail());
      }
      Thread.sleep(100);
    }
  }

  void requireAlive() {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          name + " ended with exit code " + process.exitValue() + ":\n" + logTail());
    }
  }

  @Override
  public void close() {
    if (allocatedBytes != null) {
      allocatedBytes.close();
    }
    process.destroy();
    try {
      if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private String logTail() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join(
          "\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
    } catch (IOException unreadable) {
      return "(its log " + log + " cannot be read: " + unreadable.getMessage() + ")";
    }
  }
}
