package dev.millrace.perf.compare;

import dev.millrace.perf.process.Program;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

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
    List<String> command =
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
            url.toString());
    Path work = settings.work();
    try (Program wrk =
        Program.start("wrk", command, Map.of("PERF_BODY_FILE", body.toString()), work)) {
      wrk.awaitSuccess(Duration.ofSeconds(seconds + GRACE_SECONDS));
    }
    return LoadResult.parse(Files.readString(work.resolve("wrk.out")));
  }

  /** It takes no more threads than connections. */
  int threads(Load.Closed load) {
    return Math.min(settings.loadThreads(), load.connections());
  }
}
