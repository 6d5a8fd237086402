package dev.millrace.perf.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/**
 * The comparison as a program: starts the upstream and both contestants, checks that they agree,
 * warms them up, alternates the measured runs and prints the table. Started by {@code
 * perf/compare}; everything happens on its main thread, and servers are closed also when it is
 * interrupted.
 */
@Command(
    name = "perf/compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Compares Millrace with the same calls composed by hand: throughput, latency and CPU.")
public final class Compare implements Callable<Integer> {

  private static final int DISAGREEMENT = 2;
  private static final int TOO_SLOW = 3;

  /** What ./millrace gives to serve; a test compares the two. */
  static final String SERVE_FLAGS =
      "-XX:+UseSerialGC -Xms64m -Xmx512m -Xss512k -XX:+ExitOnOutOfMemoryError";

  @Option(
      names = "--shapes",
      split = ",",
      description = "default: single,chain3,fan10; with --mode durable chain3")
  private List<String> shapes;

  @Option(
      names = "--mode",
      defaultValue = "none",
      description =
          "how both keep a record: none, buffered (nobody waits for it) or durable (commits around"
              + " each effect), each in a PostgreSQL of its own; default: ${DEFAULT-VALUE}")
  private Mode mode;

  @Option(
      names = "--connections",
      defaultValue = "64",
      description = "callers at a time; default: ${DEFAULT-VALUE}")
  private int connections;

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
      defaultValue = SERVE_FLAGS,
      description = "of both contestants; default: ${DEFAULT-VALUE}")
  private List<String> jvmFlags;

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

  @Option(names = "--home", hidden = true, required = true)
  private Path home;

  @Option(names = "--work", hidden = true, required = true)
  private Path work;

  /**
   * Exit codes: 0 done, 1 something failed, 2 wrong arguments or contestants that do not agree, 3 a
   * ratio above {@code --fail-above}.
   */
  public static void main(String[] arguments) {
    CommandLine commandLine =
        new CommandLine(new Compare())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(
                (failure, command, result) -> {
                  command.getErr().println("perf/compare: " + failure.getMessage());
                  return failure instanceof Disagreement ? DISAGREEMENT : 1;
                });
    System.exit(commandLine.execute(arguments));
  }

  /** The contestants' answers differ, so that comparing their cost would mean nothing. */
  private static final class Disagreement extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    Disagreement(String message) {
      super(message);
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Settings settings = settings();
    List<AutoCloseable> started = new CopyOnWriteArrayList<>();
    Thread closing = new Thread(() -> close(started), "close-servers");
    Runtime.getRuntime().addShutdownHook(closing);
    Exchange exchange = new Exchange();
    Launcher launcher = new Launcher(settings);

    Server upstream = launcher.upstream();
    started.add(upstream);
    upstream.awaitReady(exchange, "/stats");
    RecordDatabase baselineDatabase = database(settings, "direct", started);
    RecordDatabase engineDatabase = database(settings, "engine", started);
    Server baseline = launcher.direct("direct", upstream, baselineDatabase);
    started.add(baseline);
    Server contestant = launcher.engine(upstream, engineDatabase);
    started.add(contestant);
    baseline.awaitReady(exchange, "/health/ready");
    contestant.awaitReady(exchange, "/health/ready");
    requireAgreement(exchange, settings.shapes(), contestant, baseline);

    List<String> setting = Surroundings.describe(settings);
    setting.forEach(System.out::println);
    Comparison comparison =
        alternate(settings, new LoadRun(settings, upstream, exchange), contestant, baseline);
    return report(settings, setting, comparison);
  }

  /** Null where no record is kept. */
  private static RecordDatabase database(
      Settings settings, String name, List<AutoCloseable> started) throws IOException {
    if (!settings.mode().isRecorded()) {
      return null;
    }
    RecordDatabase database = RecordDatabase.start(settings.work(), name);
    started.add(database);
    return database;
  }

  /** The last first: who writes goes before what it writes to. */
  private static void close(List<AutoCloseable> started) {
    for (int index = started.size() - 1; index >= 0; index--) {
      try {
        started.get(index).close();
      } catch (Exception failure) {
        System.err.println("perf/compare: could not close: " + failure.getMessage());
      }
    }
  }

  private Settings settings() {
    return new Settings(
        engine,
        mode,
        shapes == null ? mode.shapes() : shapes.stream().map(Shape::of).distinct().toList(),
        connections,
        seconds,
        rounds,
        warmUpSeconds,
        loadThreads,
        upstreamLoops,
        eventLoops == 0 ? Runtime.getRuntime().availableProcessors() : eventLoops,
        latencyMillis,
        jvmFlags.stream().filter(flag -> !flag.isBlank()).toList(),
        Optional.ofNullable(failAbove),
        home,
        work);
  }

  private static void requireAgreement(
      Exchange exchange, List<Shape> shapes, Server contestant, Server baseline)
      throws InterruptedException {
    for (Shape shape : shapes) {
      JsonNode expected = exchange.post(baseline.url(shape.path()), shape.input()).get("output");
      JsonNode actual = exchange.post(contestant.url(shape.path()), shape.input()).get("output");
      if (expected == null || !expected.equals(actual)) {
        throw new Disagreement(
            shape.label()
                + ": the outputs differ\n  "
                + baseline.name()
                + ": "
                + expected
                + "\n  "
                + contestant.name()
                + ": "
                + actual);
      }
    }
  }

  private static Comparison alternate(
      Settings settings, LoadRun load, Server contestant, Server baseline)
      throws IOException, InterruptedException {
    List<Measurement> measurements = new ArrayList<>();
    for (Shape shape : settings.shapes()) {
      progress(shape.label() + ": warm-up");
      load.warmUp(shape, contestant);
      load.warmUp(shape, baseline);
      for (int round = 1; round <= settings.rounds(); round++) {
        // who goes first changes, so that a machine that slows down or speeds up favours nobody
        boolean engineFirst = round % 2 == 1;
        for (Server server :
            engineFirst ? List.of(contestant, baseline) : List.of(baseline, contestant)) {
          Measurement run = load.measure(shape, server, round);
          measurements.add(run);
          progress(
              String.format(
                  "%s: round %d of %d, %s: %.0f/s, p50 %.2f ms, p99 %.2f ms, %.3f CPU s/1,000",
                  shape.label(),
                  round,
                  settings.rounds(),
                  server.name(),
                  run.throughput(),
                  run.p50Millis(),
                  run.p99Millis(),
                  run.cpuSecondsPerThousand()));
        }
      }
    }
    return new Comparison(contestant.name(), baseline.name(), measurements);
  }

  private int report(Settings settings, List<String> setting, Comparison comparison)
      throws IOException {
    List<String> findings = Watchdog.findings(comparison.measurements());
    System.out.println();
    System.out.print(ComparisonTable.print(comparison));
    System.out.println();
    findings.forEach(finding -> System.out.println("watchdog: " + finding));
    if (findings.isEmpty()) {
      System.out.println("watchdog: neither wrk nor the upstream was the bottleneck");
    }
    if (json != null) {
      Files.writeString(json, JsonReport.print(comparison, setting, findings));
    }
    return settings.failAbove().map(limit -> judge(comparison, limit)).orElse(0);
  }

  private static int judge(Comparison comparison, double limit) {
    int exitCode = 0;
    for (var shape : comparison.ratios().entrySet()) {
      double ratio = shape.getValue().get(Measure.CPU).value();
      if (ratio > limit) {
        System.out.printf(
            "too slow: %s costs %.2f times the baseline's CPU, the limit is %.2f%n",
            shape.getKey().label(), ratio, limit);
        exitCode = TOO_SLOW;
      }
    }
    return exitCode;
  }

  private static void progress(String line) {
    System.err.println(line);
  }
}
