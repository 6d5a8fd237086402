package dev.millrace.perf.scale;

import dev.millrace.perf.process.Bench;
import dev.millrace.perf.process.Server;
import dev.millrace.perf.stress.ClosedLoop;
import dev.millrace.perf.stress.Judgement;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Does a task cost as much in a workflow of 200 as in one of 10? Chains and fans of all sizes in
 * one gateway, asked in turns. Used on the main thread.
 */
final class TaskScale {
  private static final List<Integer> SIZES = List.of(3, 10, 50, 100, 200);
  private static final List<String> FORMS = List.of("chain", "fan");
  private static final int COMPARED = 1; // by then a request's own cost is shared by ten tasks
  private static final int CALLERS = 8;
  private static final double DEARER = 1.3;

  private TaskScale() {}

  static void run(Bench bench, Path work, Vertx vertx, int rounds, int seconds, Judgement judgement)
      throws Exception {
    Server upstream = bench.upstream(0);
    Path definitions = work.resolve("sizes");
    GeneratedWorkflows.sizes(definitions, SIZES, upstream.port());
    Server gateway =
        bench.gateway(
            "millrace",
            definitions,
            List.of("-Xmx512m"),
            Map.of("MILLRACE_DATABASE_URL", bench.database().url()));
    System.out.printf("%12s %8s %15s %10s%n", "", "tasks", "CPU us/task", "p50 ms");
    for (String form : FORMS) {
      Rounds cpu = new Rounds(SIZES.size());
      Rounds p50 = new Rounds(SIZES.size());
      for (int round = -1; round < rounds; round++) {
        for (int contestant = 0; contestant < SIZES.size(); contestant++) {
          int size = SIZES.get(contestant);
          double before = gateway.program().cpuSeconds();
          ClosedLoop.Result result =
              ClosedLoop.run(
                  vertx,
                  gateway.url(),
                  List.of(form + "-" + size),
                  "{\"userId\":\"42\"}",
                  CALLERS,
                  1_000L * seconds);
          if (round >= 0) { // the round before the first one warms up
            double spent = gateway.program().cpuSeconds() - before;
            cpu.add(contestant, 1e6 * spent / result.executions() / size);
            p50.add(contestant, result.p50Millis());
          }
        }
      }
      for (int contestant = 0; contestant < SIZES.size(); contestant++) {
        System.out.printf(
            "%12s %8d %15.1f %10.2f%n",
            form, SIZES.get(contestant), cpu.median(contestant), p50.median(contestant));
      }
      for (int contestant = COMPARED + 1; contestant < SIZES.size(); contestant++) {
        judgement.atMost(
            "CPU of a task in a %s of %d, of one in %d"
                .formatted(form, SIZES.get(contestant), SIZES.get(COMPARED)),
            cpu.ratio(contestant, COMPARED),
            DEARER);
      }
    }
  }
}
