package dev.millrace.perf.stress;

import dev.millrace.perf.process.Bench;
import dev.millrace.perf.process.Server;
import java.util.List;
import java.util.Map;

/**
 * All shapes beside each other: each is answered as it should be, and what is quick stays quick
 * beside what is slow. Owned by {@link LoadTest}, used on the main thread.
 */
final class Mixed {
  private static final double SLOWER = 10;
  private static final double SENT = 0.9;

  private final Bench bench;
  private final GatlingRun gatling;
  private final Options options;

  Mixed(Bench bench, GatlingRun gatling, Options options) {
    this.bench = bench;
    this.gatling = gatling;
    this.options = options;
  }

  Judgement run() throws Exception {
    Server upstream = bench.upstream(1);
    Server gateway =
        bench.gateway(
            "millrace",
            LoadDefinitions.write(bench, upstream),
            List.of("-Xmx512m"),
            Map.of("MILLRACE_DATABASE_URL", bench.database().url()));
    Table.head();
    // The first one warms up what the alone one measures.
    Outcomes first = stage(gateway, "mixed, warm-up", options.warmUpSeconds(), true);
    Outcomes alone = stage(gateway, "single alone", 3, false);
    Outcomes mixed = stage(gateway, "single in the mix", 3, true);
    for (String name : mixed.series().keySet()) {
      System.out.printf(
          "                 %-22s p50 %d ms, p99 %d ms%n",
          name, mixed.series().get(name).p50Millis(), mixed.series().get(name).p99Millis());
    }
    Judgement judgement = new Judgement();
    judgement.none(
        "answered otherwise than expected",
        first.failedInAll() + alone.failedInAll() + mixed.failedInAll());
    judgement.none("refused", first.refusedInAll() + alone.refusedInAll() + mixed.refusedInAll());
    judgement.atLeast(
        "answered, of the requests wanted", mixed.answered("single") / options.rate(), SENT);
    judgement.atMost(
        "single's time in the mix, of its time alone",
        Math.max(1, mixed.good("single").p50Millis())
            / (double) Math.max(1, alone.good("single").p50Millis()),
        SLOWER);
    judgement.atMost(
        "single's time in the mix, of that of the slow one",
        mixed.good("single").p50Millis() / (double) mixed.good("delayed").p50Millis(),
        0.5);
    return judgement;
  }

  private Outcomes stage(Server gateway, String name, int warmUp, boolean others) throws Exception {
    double before = gateway.program().cpuSeconds();
    GatlingRun.Result result =
        gatling.run(
            new GatlingRun.Stage(
                name.replace(",", ""),
                "MixedSimulation",
                gateway.url(),
                warmUp,
                options.seconds(),
                Map.of("load.rate", options.rate(), "load.others", others)));
    Table.row(name, "single", result, gateway.program().cpuSeconds() - before);
    return result.outcomes();
  }
}
