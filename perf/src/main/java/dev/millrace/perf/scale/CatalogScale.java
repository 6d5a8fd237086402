package dev.millrace.perf.scale;

import dev.millrace.perf.process.Bench;
import dev.millrace.perf.process.RecordServer;
import dev.millrace.perf.process.Server;
import dev.millrace.perf.stress.ClosedLoop;
import dev.millrace.perf.stress.Judgement;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Is an execution dearer where 10,000 workflows are loaded than where 10 are? Two gateways, asked
 * in turns, each for all of its workflows one after the other. Used on the main thread.
 *
 * <p>What counts is a gateway that runs for a while, not one that has only just loaded 10,000
 * definitions: it is left alone until all of them are on record, which a start leaves to be done
 * behind it, and then warmed up until it is steady.
 */
final class CatalogScale {
  private static final List<Integer> SIZES = List.of(10, 10_000);
  private static final String INPUT = "{\"userId\":\"42\",\"sku\":\"item-7\",\"quantity\":2}";
  private static final int CALLERS = 8;
  private static final double DEARER = 1.15;
  private static final double SLOWER = 1.25;

  private static final Duration RECORDED = Duration.ofMinutes(5);
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** So many times the length of a measured run is one to warm up. */
  private static final int LONGER = 3;

  private static final int MOST_WARM_UPS = 8;
  private static final double STEADY = 0.05;

  private final Vertx vertx;
  private final List<Server> gateways = new ArrayList<>();
  private final List<List<String>> workflows =
      SIZES.stream().map(CatalogScale::names).toList(); // by contestant

  private CatalogScale(Vertx vertx) {
    this.vertx = vertx;
  }

  static void run(Bench bench, Path work, Vertx vertx, int rounds, int seconds, Judgement judgement)
      throws Exception {
    CatalogScale scale = new CatalogScale(vertx);
    scale.start(bench, work);
    scale.warmUp(LONGER * seconds);
    Rounds cpu = new Rounds(SIZES.size());
    Rounds p50 = new Rounds(SIZES.size());
    for (int round = 0; round < rounds; round++) {
      scale.round(round, seconds, cpu, p50);
    }
    System.out.printf("%16s %18s %10s%n", "workflows loaded", "CPU us/execution", "p50 ms");
    for (int contestant = 0; contestant < SIZES.size(); contestant++) {
      System.out.printf(
          "%,16d %18.0f %10.2f%n",
          SIZES.get(contestant), cpu.median(contestant), p50.median(contestant));
    }
    System.out.println("ratios of the rounds, CPU: " + Scale.text(cpu.ratios(1, 0)));
    judgement.atMost("CPU with 10,000 workflows, of that with 10", cpu.ratio(1, 0), DEARER);
    judgement.atMost("p50 with 10,000 workflows, of that with 10", p50.ratio(1, 0), SLOWER);
  }

  /** Starts both gateways, one after the other, each until its workflows are on record. */
  private void start(Bench bench, Path work) throws InterruptedException {
    Server upstream = bench.upstream(0);
    RecordServer database = bench.database();
    for (int size : SIZES) {
      Path definitions = work.resolve("catalog-" + size);
      GeneratedWorkflows.copies(definitions, size, "None", upstream.port());
      long began = System.nanoTime();
      Server gateway =
          bench.gateway(
              "millrace-" + size,
              definitions,
              List.of("-Xmx512m"),
              Map.of("MILLRACE_DATABASE_URL", database.url()));
      double ready = secondsSince(began);
      double readyCpu = gateway.program().cpuSeconds();
      awaitRecorded(database, size);
      System.out.printf(
          "%,6d workflows: ready after %.1f s (%.1f s of CPU), on record after %.1f s (%.1f s)%n",
          size, ready, readyCpu, secondsSince(began), gateway.program().cpuSeconds());
      gateways.add(gateway);
    }
  }

  private static void awaitRecorded(RecordServer database, int workflows)
      throws InterruptedException {
    long began = System.nanoTime();
    long recorded = database.recordedWorkflows();
    while (recorded < workflows) {
      if (System.nanoTime() - began > RECORDED.toNanos()) {
        throw new IllegalStateException(
            "%d of %d workflows are on record after %d s; see the gateway's log"
                .formatted(recorded, workflows, RECORDED.toSeconds()));
      }
      Thread.sleep(LOOK.toMillis());
      recorded = database.recordedWorkflows();
    }
  }

  private void warmUp(int seconds) throws Exception {
    Rounds cpu = new Rounds(SIZES.size());
    Rounds p50 = new Rounds(SIZES.size());
    for (int round = 0; round < MOST_WARM_UPS && !cpu.isSteady(STEADY); round++) {
      round(round, seconds, cpu, p50);
    }
    System.out.println(
        "ratios while warming up, CPU: "
            + Scale.text(cpu.ratios(1, 0))
            + (cpu.isSteady(STEADY) ? "" : " (not steady: what follows is a hint)"));
  }

  /** Asks both gateways; who goes first changes with every round. */
  private void round(int round, int seconds, Rounds cpu, Rounds p50) throws Exception {
    for (int turn = 0; turn < gateways.size(); turn++) {
      int contestant = (turn + round) % gateways.size();
      Server gateway = gateways.get(contestant);
      double before = gateway.program().cpuSeconds();
      ClosedLoop.Result result =
          ClosedLoop.run(
              vertx, gateway.url(), workflows.get(contestant), INPUT, CALLERS, 1_000L * seconds);
      double spent = gateway.program().cpuSeconds() - before;
      cpu.add(contestant, 1e6 * spent / result.executions());
      p50.add(contestant, result.p50Millis());
    }
  }

  private static double secondsSince(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  private static List<String> names(int size) {
    return IntStream.range(0, size).mapToObj(GeneratedWorkflows::copy).toList();
  }
}
