package dev.millrace.app.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How one gateway is started: the real program on a fixed port. Immutable, any thread.
 *
 * @param log where all of its processes write, one after the other
 */
record Gateway(
    int number, int port, String databaseUrl, Duration lease, Path definitions, Path log) {
  /** Whether it serves: it listens when all else has started. */
  boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  Process start() throws IOException {
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.millrace.app.Main",
            "serve");
    command
        .command()
        .addAll(
            List.of(
                "--port",
                Integer.toString(port),
                "--event-loops",
                "2",
                "--log-format",
                "json",
                "--lease",
                lease.toMillis() + "ms",
                "--definitions",
                definitions.toString()));
    command.environment().keySet().removeIf(name -> name.startsWith("MILLRACE_"));
    command.environment().put("MILLRACE_DATABASE_URL", databaseUrl);
    return command
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }
}
