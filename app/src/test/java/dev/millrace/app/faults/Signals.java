package dev.millrace.app.faults;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Signals to processes that the test started itself. Stateless, blocks. */
final class Signals {
  private Signals() {}

  static void send(Process process, String signal) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor(5, TimeUnit.SECONDS);
  }

  static void kill(Process process) throws InterruptedException {
    if (!process.destroyForcibly().waitFor(20, TimeUnit.SECONDS)) {
      throw new IllegalStateException("process " + process.pid() + " outlives SIGKILL");
    }
  }
}
