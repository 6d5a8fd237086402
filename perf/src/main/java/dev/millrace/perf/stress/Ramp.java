package dev.millrace.perf.stress;

import dev.millrace.perf.process.Bench;
import dev.millrace.perf.process.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Ever more callers at once: throughput grows to what the machine gives, and stays there. Owned by
 * {@link LoadTest}, used on the main thread.
 */
final class Ramp {
  private static final List<Integer> LEVELS = List.of(1, 2, 4, 8, 16, 32, 64, 128, 256);
  private static final int LATENCY_MILLIS = 1;
  private static final String WORKFLOW = "chain3";
  private static final double KEPT = 0.8;
  private static final double SATURATED = 0.9;
  private static final int LEVELS_BEYOND = 2;

  private final Bench bench;
  private final GatlingRun gatling;
  private final Options options;

  Ramp(Bench bench, GatlingRun gatling, Options options) {
    this.bench = bench;
    this.gatling = gatling;
    this.options = options;
  }

  Judgement run() throws Exception {
    int perLevel = Math.max(3, options.seconds() / 4);
    Server upstream = bench.upstream(LATENCY_MILLIS);
    String database = bench.database().url();
    Server gateway =
        bench.gateway(
            "millrace",
            LoadDefinitions.write(bench, upstream),
            List.of("-Xmx512m"),
            Map.of("MILLRACE_DATABASE_URL", database));
    GatlingRun.Result result =
        gatling.run(
            new GatlingRun.Stage(
                "ramp",
                "RampSimulation",
                gateway.url(),
                options.warmUpSeconds(),
                perLevel * LEVELS.size(),
                Map.of(
                    "load.workflow",
                    WORKFLOW,
                    "load.levels",
                    LEVELS.stream().map(String::valueOf).collect(Collectors.joining(",")))));
    List<Double> rates = rates(result.outcomes(), perLevel);
    for (int level = 0; level < LEVELS.size(); level++) {
      System.out.printf(
          "%4d at once  %s executions a second%n", LEVELS.get(level), Table.text(rates.get(level)));
    }
    System.out.printf(
        "saturated with %d at once; of 2 processors or more, Millrace used %s and the generator %s%n",
        LEVELS.get(saturation(rates)),
        Table.text(gateway.program().cpuSeconds() / result.outcomes().seconds()),
        Table.text(result.generatorCpuSeconds() / result.outcomes().seconds()));
    Judgement judgement = new Judgement();
    judgement.none("failed", result.outcomes().failedInAll());
    judgement.none("refused", result.outcomes().refusedInAll());
    double best = rates.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    judgement.atLeast(
        "levels beyond the one that saturates (fewer do not show whether throughput holds)",
        LEVELS.size() - 1 - saturation(rates),
        LEVELS_BEYOND);
    judgement.atLeast(
        "throughput with the most callers, of the best level's",
        rates.get(rates.size() - 1) / best,
        KEPT);
    judgement.atLeast(
        "throughput with 8 at once, of that with 1 (a caller waits for the upstream)",
        rates.get(3) / rates.get(0),
        2);
    return judgement;
  }

  /** The rate of each level, without its first second, in which callers join. */
  static List<Double> rates(Outcomes outcomes, int perLevel) {
    List<Double> rates = new ArrayList<>();
    for (int level = 0; level < LEVELS.size(); level++) {
      int from = outcomes.warmUpSeconds() + level * perLevel + 1;
      int to = outcomes.warmUpSeconds() + (level + 1) * perLevel;
      rates.add(outcomes.good(WORKFLOW).count(from, to) / (double) (to - from));
    }
    return rates;
  }

  /** The first level that comes close to the best one. */
  static int saturation(List<Double> rates) {
    double best = rates.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    for (int level = 0; level < rates.size(); level++) {
      if (rates.get(level) >= SATURATED * best) {
        return level;
      }
    }
    return rates.size() - 1;
  }
}
