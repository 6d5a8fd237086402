package dev.millrace.perf.stress;

import dev.millrace.perf.process.Bench;
import dev.millrace.perf.process.RecordServer;
import dev.millrace.perf.process.Server;
import java.util.List;
import java.util.Map;

/**
 * Executions that are recorded, as fast as PostgreSQL takes them: what was answered is on record,
 * all of it. Owned by {@link LoadTest}, used on the main thread.
 */
final class DatabaseLoad {
  private static final List<String> WORKFLOWS = List.of("chain3-durable", "chain3-buffered");
  private static final long RECORDED_MILLIS = 10_000;
  private static final long LOOK_MILLIS = 200;
  private static final double KEPT = 0.7;

  private final Bench bench;
  private final GatlingRun gatling;
  private final Options options;

  DatabaseLoad(Bench bench, GatlingRun gatling, Options options) {
    this.bench = bench;
    this.gatling = gatling;
    this.options = options;
  }

  Judgement run() throws Exception {
    Server upstream = bench.upstream(0);
    RecordServer database = bench.database();
    Server gateway =
        bench.gateway(
            "millrace",
            LoadDefinitions.write(bench, upstream),
            List.of("-Xmx512m"),
            Map.of("MILLRACE_DATABASE_URL", database.url()));
    GatlingRun.Result result =
        gatling.run(
            new GatlingRun.Stage(
                "database",
                "DatabaseSimulation",
                gateway.url(),
                options.warmUpSeconds(),
                options.seconds(),
                Map.of("load.users", options.users())));
    Outcomes outcomes = result.outcomes();
    Table.head();
    double cpu = gateway.program().cpuSeconds();
    Judgement judgement = new Judgement();
    judgement.none("failed", outcomes.failedInAll());
    judgement.none("refused", outcomes.refusedInAll());
    for (String workflow : WORKFLOWS) {
      Table.row(workflow.substring("chain3-".length()), workflow, result, cpu);
      long answered = outcomes.good(workflow).count(0, Integer.MAX_VALUE);
      judgement.same(workflow + " on record", recorded(database, workflow, answered), answered);
      judgement.atLeast(
          workflow + ", second half of the first's throughput", halves(outcomes, workflow), KEPT);
    }
    judgement.atLeast("histories read a second", outcomes.goodput("history"), 1);
    return judgement;
  }

  /** What is on record once it is as much as was answered, or does not become so in time. */
  private static long recorded(RecordServer database, String workflow, long answered)
      throws InterruptedException {
    long giveUp = System.nanoTime() + RECORDED_MILLIS * 1_000_000;
    long count = database.succeeded(workflow);
    while (count < answered && System.nanoTime() < giveUp) {
      Thread.sleep(LOOK_MILLIS);
      count = database.succeeded(workflow);
    }
    return count;
  }

  static double halves(Outcomes outcomes, String workflow) {
    int from = outcomes.warmUpSeconds();
    int middle = from + outcomes.seconds() / 2;
    Outcomes.Series answers = outcomes.good(workflow);
    double first = answers.count(from, middle) / (double) (middle - from);
    double second =
        answers.count(middle, from + outcomes.seconds())
            / (double) (from + outcomes.seconds() - middle);
    return second / first;
  }
}
