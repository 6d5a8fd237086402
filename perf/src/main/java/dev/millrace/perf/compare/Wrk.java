package dev.millrace.perf.compare;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The closed loop: one process of wrk a run. Owned by {@link LoadRun}, used on its main thread. */
final class Wrk {

  private static final int GRACE_SECONDS = 30;

  private final Settings settings;

  Wrk(Settings settings) {
    this.settings = settings;
  }

  /** Runs to the end; the CPU it used counts with this program's children. */
  LoadResult run(URI url, Path body, Load.Closed load, int seconds)
      throws IOException, InterruptedException {
    Path output = settings.work().resolve("wrk.out");
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    "wrk",
                    "--threads",
                    Integer.toString(threads(load)),
                    "--connections",
                    Integer.toString(load.connections()),
                    "--duration",
                    seconds + "s",
                    "--timeout",
                    "10s",
                    "--script",
                    settings.home().resolve("wrk/execute.lua").toString(),
                    url.toString()))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("PERF_BODY_FILE", body.toString());
    Process wrk = builder.start();
    try {
      StartedProcesses.record(settings.work(), wrk);
      if (!wrk.waitFor(seconds + GRACE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("wrk did not end " + GRACE_SECONDS + " s after its time");
      }
    } finally {
      wrk.destroyForcibly();
    }
    return LoadResult.parse(Files.readString(output));
  }

  /** It takes no more threads than connections. */
  int threads(Load.Closed load) {
    return Math.min(settings.loadThreads(), load.connections());
  }
}
