package dev.millrace.perf.compare;

import dev.millrace.perf.gate.MedianInterval;
import dev.millrace.perf.process.Bench;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * The command line of {@code perf/compare}. Filled by picocli for {@link Compare}, on its main
 * thread.
 */
final class Options {

  @Option(
      names = {"--shapes", "--shape"},
      split = ",",
      description =
          "single, chain3, fan10, diamond, large, chain3-20ms, reads3, or all; default:"
              + " single,chain3,fan10, with --mode durable chain3, with --against buffered reads3")
  private List<String> shapes;

  @Option(
      names = "--mode",
      description =
          "how both keep a record: none, buffered (nobody waits for it) or durable (commits around"
              + " each effect), each in a PostgreSQL of its own; default: none")
  private Mode mode;

  @Option(
      names = "--against",
      defaultValue = "direct",
      description =
          "direct, or buffered: Millrace's durable mode against its own buffered one;"
              + " default: ${DEFAULT-VALUE}")
  private Settings.Against against;

  @Option(
      names = "--connections",
      split = ",",
      defaultValue = "64",
      description =
          "callers at a time; several numbers give a table row each; default: ${DEFAULT-VALUE}")
  private List<Integer> connections;

  @Option(
      names = "--open",
      split = ",",
      paramLabel = "PERCENT",
      description =
          "then open loops, too, at these shares of what the baseline reached with the most"
              + " connections, such as 50,80; latency counts from when a request was due")
  private List<Integer> open;

  @Option(
      names = "--seconds",
      defaultValue = "10",
      description = "length of a run; default: ${DEFAULT-VALUE}")
  private int seconds;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "runs of each contestant; default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(
      names = "--warm-up",
      defaultValue = "15",
      description = "seconds for each contestant and shape; default: ${DEFAULT-VALUE}")
  private int warmUpSeconds;

  @Option(
      names = "--latency",
      defaultValue = "0",
      description = "milliseconds that the upstream waits; default: ${DEFAULT-VALUE}")
  private long latencyMillis;

  @Option(
      names = "--engine",
      defaultValue = "millrace",
      description =
          "millrace, or direct: the baseline against itself, to check the method;"
              + " default: ${DEFAULT-VALUE}")
  private Settings.Engine engine;

  @Option(
      names = "--event-loops",
      defaultValue = "0",
      description = "of each contestant; default: one for each processor, as Millrace has it")
  private int eventLoops;

  @Option(
      names = "--jvm-flags",
      split = " ",
      defaultValue = Bench.SERVE_FLAGS,
      description = "of both contestants; default: ${DEFAULT-VALUE}")
  private List<String> jvmFlags;

  @Option(
      names = "--engine-flags",
      split = " ",
      description = "of the engine's JVM in addition, to try what a flag gives")
  private List<String> engineFlags;

  @Option(
      names = "--threads",
      defaultValue = "1",
      description = "of wrk; default: ${DEFAULT-VALUE}")
  private int loadThreads;

  @Option(
      names = "--upstream-loops",
      defaultValue = "1",
      description = "event loops of the upstream; default: ${DEFAULT-VALUE}")
  private int upstreamLoops;

  @Option(names = "--json", paramLabel = "FILE", description = "writes all numbers there, too")
  private Path json;

  @Option(
      names = "--fail-above",
      paramLabel = "RATIO",
      description = "exit code 3 when a shape's CPU ratio is larger")
  private Double failAbove;

  @Option(
      names = "--gate",
      paramLabel = "FILE",
      description =
          "exit code 3 when a ratio has worsened by more than 15 %% and the noise against what is"
              + " stored there; makes up to three times the rounds before it says so")
  private Path gate;

  @Option(
      names = "--write-ratios",
      paramLabel = "FILE",
      description = "stores the ratios of this run there, for --gate")
  private Path writeRatios;

  @Option(names = "--home", hidden = true, required = true)
  private Path home;

  @Option(names = "--work", hidden = true, required = true)
  private Path work;

  Settings settings() {
    Mode chosen = mode == null ? defaultMode() : mode;
    if ((gate != null || writeRatios != null) && rounds < MedianInterval.LEAST_ROUNDS) {
      throw new IllegalArgumentException(
          "--rounds: ratios are judged and stored with at least "
              + MedianInterval.LEAST_ROUNDS
              + " rounds, not "
              + rounds);
    }
    return new Settings(
        engine,
        against,
        chosen,
        shapes == null ? chosen.shapes(against) : Shape.of(shapes),
        connections,
        open == null ? List.of() : open,
        seconds,
        rounds,
        warmUpSeconds,
        loadThreads,
        upstreamLoops,
        eventLoops == 0 ? Runtime.getRuntime().availableProcessors() : eventLoops,
        latencyMillis,
        flags(jvmFlags),
        flags(engineFlags),
        Optional.ofNullable(failAbove),
        home,
        work);
  }

  private Mode defaultMode() {
    return against == Settings.Against.BUFFERED ? Mode.DURABLE : Mode.NONE;
  }

  private static List<String> flags(List<String> flags) {
    return flags == null ? List.of() : flags.stream().filter(flag -> !flag.isBlank()).toList();
  }

  Optional<Path> json() {
    return Optional.ofNullable(json);
  }

  Optional<Path> gate() {
    return Optional.ofNullable(gate);
  }

  Optional<Path> writeRatios() {
    return Optional.ofNullable(writeRatios);
  }
}
