package dev.millrace.perf.scale;

import dev.millrace.perf.process.Bench;
import dev.millrace.perf.process.Server;
import dev.millrace.perf.stress.ClosedLoop;
import dev.millrace.perf.stress.Judgement;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Is an execution dearer where 10,000 workflows are loaded than where 10 are? Two gateways, asked
 * in turns, each for all of its workflows one after the other. Used on the main thread.
 */
final class CatalogScale {
  private static final List<Integer> SIZES = List.of(10, 10_000);
  private static final String INPUT = "{\"userId\":\"42\",\"sku\":\"item-7\",\"quantity\":2}";
  private static final int CALLERS = 8;
  private static final double DEARER = 1.15;
  private static final double SLOWER = 1.25;

  private CatalogScale() {}

  static void run(Bench bench, Path work, Vertx vertx, int rounds, int seconds, Judgement judgement)
      throws Exception {
    Server upstream = bench.upstream(0);
    String database = bench.database().url();
    Server[] gateways = new Server[SIZES.size()];
    for (int contestant = 0; contestant < gateways.length; contestant++) {
      int size = SIZES.get(contestant);
      Path definitions = work.resolve("catalog-" + size);
      GeneratedWorkflows.copies(definitions, size, "None", upstream.port());
      long before = System.nanoTime();
      gateways[contestant] =
          bench.gateway(
              "millrace-" + size,
              definitions,
              List.of("-Xmx512m"),
              Map.of("MILLRACE_DATABASE_URL", database));
      System.out.printf(
          "%,6d workflows: ready after %.1f s%n", size, (System.nanoTime() - before) / 1e9);
    }
    Rounds cpu = new Rounds(gateways.length);
    Rounds p50 = new Rounds(gateways.length);
    for (int round = -1; round < rounds; round++) {
      for (int turn = 0; turn < gateways.length; turn++) {
        int contestant = Math.floorMod(turn + round, gateways.length);
        Server gateway = gateways[contestant];
        double before = gateway.program().cpuSeconds();
        ClosedLoop.Result result =
            ClosedLoop.run(
                vertx,
                gateway.url(),
                names(SIZES.get(contestant)),
                INPUT,
                CALLERS,
                1_000L * (round < 0 ? 3 * seconds : seconds));
        if (round >= 0) { // the round before the first one warms up
          cpu.add(
              contestant, 1e6 * (gateway.program().cpuSeconds() - before) / result.executions());
          p50.add(contestant, result.p50Millis());
        }
      }
    }
    System.out.printf("%16s %18s %10s%n", "workflows loaded", "CPU us/execution", "p50 ms");
    for (int contestant = 0; contestant < gateways.length; contestant++) {
      System.out.printf(
          "%,16d %18.0f %10.2f%n",
          SIZES.get(contestant), cpu.median(contestant), p50.median(contestant));
    }
    System.out.println("ratios of the rounds, CPU: " + Scale.text(cpu.ratios(1, 0)));
    judgement.atMost("CPU with 10,000 workflows, of that with 10", cpu.ratio(1, 0), DEARER);
    judgement.atMost("p50 with 10,000 workflows, of that with 10", p50.ratio(1, 0), SLOWER);
  }

  private static List<String> names(int size) {
    return IntStream.range(0, size).mapToObj(GeneratedWorkflows::copy).toList();
  }
}
