package dev.millrace.operator.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * A server of the test cluster as a process of its own, with its log in a file; owned by {@link
 * LocalCluster}.
 */
final class ServerProcess {
  private static final int LOG_SHOWN = 4_000;

  private final Process process;
  private final Path log;

  private ServerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static ServerProcess start(Path log, List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    // Everything is on loopback: a proxy would only be in the way.
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
    try {
      return new ServerProcess(builder.start(), log);
    } catch (IOException e) {
      throw new IllegalStateException(command.get(0) + " could not be started", e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Asks it to end, and ends it where it does not. */
  void stop() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** The end of its log, for messages. */
  String logTail() {
    try {
      String text = Files.readString(log);
      return text.substring(Math.max(0, text.length() - LOG_SHOWN));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
