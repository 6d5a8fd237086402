package dev.millrace.perf.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A program that was started here, as a process of its own, with what Linux tells about it. Owned
 * by whoever started it and closes it; used on that thread, and the measurements on any.
 *
 * <p>Its id goes into the work directory, by which the script ends what is left should this program
 * be killed.
 */
public final class Program implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration STOP = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final int LOG_TAIL_LINES = 20;
  private static final long KIB = 1024;

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final String name;
  private final Process process;
  private final Path log;

  private Program(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /** Starts a program; what it says goes into a log named after it. */
  public static Program start(
      String name, List<String> command, Map<String, String> environment, Path work) {
    Path log = log(name, work);
    return start(
        name,
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()),
        environment,
        work);
  }

  /** Starts a program that is talked to; only what it says of errors goes into its log. */
  public static Program startTalking(String name, List<String> command, Path work) {
    return start(
        name, new ProcessBuilder(command).redirectError(log(name, work).toFile()), Map.of(), work);
  }

  private static Program start(
      String name, ProcessBuilder builder, Map<String, String> environment, Path work) {
    // What the caller's shell says to Millrace would be said to one of the contestants only.
    builder.environment().keySet().removeIf(variable -> variable.startsWith("MILLRACE_"));
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      record(work, process.pid());
      return new Program(name, process, log(name, work));
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot start " + name, failure);
    }
  }

  private static Path log(String name, Path work) {
    return work.resolve(name.replace(' ', '-') + ".out");
  }

  /** Notes a process that is to end with this run. */
  static void record(Path work, long pid) throws IOException {
    Files.writeString(
        work.resolve("pids"), pid + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** A port that was free a moment ago. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException("there is no free port on 127.0.0.1", failure);
    }
  }

  public long pid() {
    return process.pid();
  }

  /** What one that is talked to says, and hears. */
  public Process process() {
    return process;
  }

  /** User and system time of all its threads so far. */
  public double cpuSeconds() {
    requireAlive();
    try {
      return ProcessorTime.ofProcess(process.pid()).own();
    } catch (IOException gone) {
      throw ended(gone);
    }
  }

  /** What it holds of the machine's memory now. */
  public long residentBytes() {
    try {
      return residentBytes(Files.readString(Path.of("/proc", Long.toString(pid()), "status")));
    } catch (IOException gone) {
      throw ended(gone);
    }
  }

  static long residentBytes(String status) {
    String line =
        status
            .lines()
            .filter(each -> each.startsWith("VmRSS:"))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("the process has no memory any more"));
    return Long.parseLong(line.replaceAll("[^0-9]", "")) * KIB;
  }

  /** Waits until a URL answers 200; looks that often. */
  public void awaitReady(URI url, Duration interval) throws InterruptedException {
    long giveUp = System.nanoTime() + START.toNanos();
    while (!answers200(url)) {
      pause(giveUp, interval);
    }
  }

  /** Waits for a line of its log; answers what follows its known beginning. */
  public String awaitLine(String beginning) throws InterruptedException {
    long giveUp = System.nanoTime() + START.toNanos();
    Optional<String> found = line(beginning);
    while (found.isEmpty()) {
      pause(giveUp, LOOK);
      found = line(beginning);
    }
    return found.get();
  }

  private Optional<String> line(String beginning) {
    try (var lines = Files.lines(log)) {
      return lines
          .filter(line -> line.startsWith(beginning))
          .map(line -> line.substring(beginning.length()).strip())
          .findFirst();
    } catch (IOException failure) {
      throw new UncheckedIOException("the log of " + name + " cannot be read", failure);
    }
  }

  private void pause(long giveUp, Duration interval) throws InterruptedException {
    requireAlive();
    if (System.nanoTime() > giveUp) {
      throw new IllegalStateException(
          name + " was not ready after " + START.toSeconds() + " s:\n" + logTail());
    }
    Thread.sleep(interval.toMillis());
  }

  private static boolean answers200(URI url) throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(5)).build();
      return CLIENT.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Waits for its end; fails with the end of its log when that was none of success, or is late. */
  public void awaitSuccess(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException(
          name + " did not end within " + limit.toSeconds() + " s:\n" + logTail());
    }
    if (process.exitValue() != 0) {
      throw ended(null);
    }
  }

  /** Fails with the end of its log when it has ended. */
  public void requireAlive() {
    if (!process.isAlive()) {
      throw ended(null);
    }
  }

  private IllegalStateException ended(IOException cause) {
    String status = process.isAlive() ? "" : " ended with exit code " + process.exitValue();
    return new IllegalStateException(name + status + ":\n" + logTail(), cause);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
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
