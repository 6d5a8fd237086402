package dev.millrace.perf.scale;

import dev.millrace.perf.process.Bench;
import dev.millrace.perf.process.Program;
import dev.millrace.perf.stress.Judgement;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How long is it from {@code ./millrace serve} to readiness, with 200 workflows and a database that
 * is there already? Used on the main thread.
 */
final class StartScale {
  private static final int WORKFLOWS = 200;
  private static final double GOAL_SECONDS = 3;
  private static final String FIRST = " (makes the archive of classes and the tables; not counted)";
  private static final Duration LOOK = Duration.ofMillis(10);

  private StartScale() {}

  static void run(Bench bench, Path home, Path work, int runs, Judgement judgement)
      throws Exception {
    Path definitions = work.resolve("start");
    GeneratedWorkflows.copies(definitions, WORKFLOWS, "Buffered", Program.freePort());
    String database = bench.database().url();
    List<Double> seconds = new ArrayList<>();
    for (int run = 0; run <= runs; run++) {
      int port = Program.freePort();
      long before = System.nanoTime();
      try (Program millrace =
          Program.start(
              "start-" + run,
              List.of(home.resolveSibling("millrace").toString(), "serve"),
              Map.of(
                  "MILLRACE_HTTP_PORT",
                  Integer.toString(port),
                  "MILLRACE_DEFINITIONS",
                  definitions.toString(),
                  "MILLRACE_DATABASE_URL",
                  database,
                  "MILLRACE_LOG_LEVEL",
                  "warn"),
              work)) {
        millrace.awaitReady(URI.create("http://127.0.0.1:" + port + "/health/ready"), LOOK);
        double took = (System.nanoTime() - before) / 1e9;
        System.out.printf(
            "start %d: %.2f s, %.2f s of CPU%s%n",
            run, took, millrace.cpuSeconds(), run == 0 ? FIRST : "");
        if (run > 0) {
          seconds.add(took);
        }
      }
    }
    judgement.atMost(
        "seconds to readiness with 200 workflows, median of " + runs,
        Rounds.median(seconds),
        GOAL_SECONDS);
  }
}
