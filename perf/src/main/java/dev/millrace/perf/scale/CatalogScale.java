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
 * in turns. Used on the main thread.
 *
 * <p>The one with 10,000 is asked for ten of them, as the other is, which shows what their number
 * costs, and for all of them one after the other: then no workflow's data is in the processor's
 * caches when it is asked for, which is the worst there can be.
 *
 * <p>What counts is a gateway that runs for a while, not one that has only just loaded 10,000
 * definitions: it is left alone until all of them are on record, which a start leaves to be done
 * behind it, and then warmed up until it is steady.
 */
final class CatalogScale {
  private static final int FEW = 10;
  private static final int MANY = 10_000;
  private static final String INPUT = "{\"userId\":\"42\",\"sku\":\"item-7\",\"quantity\":2}";
  private static final int CALLERS = 8;
  private static final double DEARER = 1.15;
  private static final double DEARER_WHERE_COLD = 1.4;
  private static final double SLOWER = 1.25;

  private static final Duration RECORDED = Duration.ofMinutes(5);
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** So many times the length of a measured run is one to warm up. */
  private static final int LONGER = 3;

  private static final int MOST_WARM_UPS = 8;
  private static final double STEADY = 0.05;

  private final Vertx vertx;
  private final List<Contestant> contestants = new ArrayList<>();

  /** A gateway and the workflows that it is asked for, one after the other. */
  private record Contestant(int loaded, Server gateway, List<String> workflows) {}

  private CatalogScale(Vertx vertx) {
    this.vertx = vertx;
  }

  static void run(Bench bench, Path work, Vertx vertx, int rounds, int seconds, Judgement judgement)
      throws Exception {
    CatalogScale scale = new CatalogScale(vertx);
    scale.start(bench, work);
    scale.warmUp(LONGER * seconds);
    Rounds cpu = new Rounds(scale.contestants.size());
    Rounds p50 = new Rounds(scale.contestants.size());
    for (int round = 0; round < rounds; round++) {
      scale.round(round, seconds, cpu, p50);
    }
    System.out.printf(
        "%16s %10s %18s %10s%n", "workflows loaded", "asked for", "CPU us/execution", "p50 ms");
    for (int each = 0; each < scale.contestants.size(); each++) {
      Contestant contestant = scale.contestants.get(each);
      System.out.printf(
          "%,16d %,10d %18.0f %10.2f%n",
          contestant.loaded(), contestant.workflows().size(), cpu.median(each), p50.median(each));
    }
    System.out.println("ratios of the rounds, CPU, ten: " + Scale.text(cpu.ratios(1, 0)));
    System.out.println("ratios of the rounds, CPU, all: " + Scale.text(cpu.ratios(2, 0)));
    judgement.atMost("CPU of ten among 10,000, of that of ten alone", cpu.ratio(1, 0), DEARER);
    judgement.atMost("p50 of ten among 10,000, of that of ten alone", p50.ratio(1, 0), SLOWER);
    judgement.atMost(
        "CPU of all 10,000 in turn, of that of ten alone", cpu.ratio(2, 0), DEARER_WHERE_COLD);
    judgement.atMost("p50 of all 10,000 in turn, of that of ten alone", p50.ratio(2, 0), SLOWER);
  }

  /** Starts both gateways, one after the other, each until its workflows are on record. */
  private void start(Bench bench, Path work) throws InterruptedException {
    Server upstream = bench.upstream(0);
    RecordServer database = bench.database();
    for (int size : List.of(FEW, MANY)) {
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
      contestants.add(new Contestant(size, gateway, names(FEW)));
      if (size > FEW) {
        contestants.add(new Contestant(size, gateway, names(size)));
      }
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
    Rounds cpu = new Rounds(contestants.size());
    Rounds p50 = new Rounds(contestants.size());
    for (int round = 0; round < MOST_WARM_UPS && !cpu.isSteady(STEADY); round++) {
      round(round, seconds, cpu, p50);
    }
    System.out.println(
        "ratios while warming up, CPU, all: "
            + Scale.text(cpu.ratios(2, 0))
            + (cpu.isSteady(STEADY) ? "" : " (not steady: what follows is a hint)"));
  }

  /** Asks all contestants; who goes first changes with every round. */
  private void round(int round, int seconds, Rounds cpu, Rounds p50) throws Exception {
    for (int turn = 0; turn < contestants.size(); turn++) {
      int each = (turn + round) % contestants.size();
      Contestant contestant = contestants.get(each);
      Server gateway = contestant.gateway();
      double before = gateway.program().cpuSeconds();
      ClosedLoop.Result result =
          ClosedLoop.run(
              vertx, gateway.url(), contestant.workflows(), INPUT, CALLERS, 1_000L * seconds);
      double spent = gateway.program().cpuSeconds() - before;
      cpu.add(each, 1e6 * spent / result.executions());
      p50.add(each, result.p50Millis());
    }
  }

  private static double secondsSince(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  private static List<String> names(int size) {
    return IntStream.range(0, size).mapToObj(GeneratedWorkflows::copy).toList();
  }
}
