package dev.millrace.perf.flame;

import dev.millrace.perf.process.Bench;
import dev.millrace.perf.process.Processors;
import dev.millrace.perf.process.Server;
import dev.millrace.perf.stress.ClosedLoop;
import dev.millrace.perf.stress.LoadDefinitions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws a CPU flame graph of the gateway for each workflow; started by {@code perf/flame}. */
@Command(
    name = "perf/flame",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Profiles Millrace under load and writes one flame graph, an SVG picture, for each"
          + " workflow.",
      ""
    })
public final class Flame implements Callable<Integer> {

  @Parameters(
      arity = "0..*",
      paramLabel = "WORKFLOW",
      description =
          "a measured shape such as chain3, with -buffered or -durable for one with a record;"
              + " default: ${DEFAULT-VALUE}",
      defaultValue = "single chain3 fan10 diamond large chain3-20ms chain3-buffered chain3-durable",
      split = " ")
  private List<String> workflows;

  @Option(
      names = "--seconds",
      defaultValue = "15",
      description = "of each profile; default: ${DEFAULT-VALUE}")
  private int seconds;

  @Option(
      names = "--warm-up",
      defaultValue = "15",
      description = "seconds before each profile; default: ${DEFAULT-VALUE}")
  private int warmUp;

  @Option(names = "--connections", defaultValue = "64", description = "default: ${DEFAULT-VALUE}")
  private int connections;

  @Option(
      names = "--least",
      defaultValue = "0.25",
      description =
          "percent of the time below which a frame is left out; default: ${DEFAULT-VALUE}")
  private double least;

  @Option(names = "--to", description = "directory of the graphs; default: docs/performance")
  private Path to;

  @Option(names = "--home", hidden = true, required = true)
  private Path home;

  @Option(names = "--work", hidden = true, required = true)
  private Path work;

  /** Runs the program. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Flame()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    for (String workflow : workflows) {
      if (LoadDefinitions.input(workflow) == null) {
        System.err.println("perf/flame: there is no workflow " + workflow);
        return 2;
      }
    }
    Path directory =
        Files.createDirectories(to == null ? home.resolveSibling("docs/performance") : to)
            .toAbsolutePath();
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
    try (Bench bench = new Bench(work, Processors.SHARED)) {
      Server upstream = bench.upstream(0);
      // Without these flags whatever was compiled into its caller counts as the caller's.
      Server gateway =
          bench.gateway(
              "millrace",
              LoadDefinitions.write(bench, upstream),
              List.of("-Xmx512m", "-XX:+UnlockDiagnosticVMOptions", "-XX:+DebugNonSafepoints"),
              Map.of("MILLRACE_DATABASE_URL", bench.database().url()));
      Profiler profiler = Profiler.of(gateway.program().pid(), work);
      for (String workflow : workflows) {
        load(vertx, gateway, workflow, warmUp);
        profiler.start();
        ClosedLoop.Result result = load(vertx, gateway, workflow, seconds);
        Path graph = directory.resolve(workflow + ".svg");
        Files.writeString(
            graph,
            FlameGraph.svg(
                profiler.stop(),
                "CPU of Millrace executing %s with %d connections".formatted(workflow, connections),
                least));
        System.out.printf(
            "%-16s %,8d executions in %d s, %,d KB: %s%n",
            workflow,
            result.executions(),
            seconds,
            Files.size(graph) / 1_000,
            home.getParent().relativize(graph));
      }
    } finally {
      vertx.close().await(10, TimeUnit.SECONDS);
    }
    return 0;
  }

  private ClosedLoop.Result load(Vertx vertx, Server gateway, String workflow, int howLong)
      throws Exception {
    return ClosedLoop.run(
        vertx,
        gateway.url(),
        List.of(workflow),
        LoadDefinitions.input(workflow),
        connections,
        1_000L * howLong);
  }
}
