package dev.millrace.perf.compare;

import dev.millrace.perf.gate.Judgement;
import dev.millrace.perf.gate.StoredRatios;
import dev.millrace.perf.process.Bench;
import dev.millrace.perf.process.Processors;
import dev.millrace.perf.process.RecordServer;
import dev.millrace.perf.process.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/**
 * The comparison as a program: starts the upstream and both contestants, checks that they agree,
 * has the rounds made, prints the table and judges it. Started by {@code perf/compare}; everything
 * happens on its main thread, and servers are closed also when it is interrupted.
 */
@Command(
    name = "perf/compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Compares Millrace with the same calls composed by hand: throughput, latency, CPU and"
            + " allocation.")
public final class Compare implements Callable<Integer> {

  private static final int DISAGREEMENT = 2;
  private static final int TOO_SLOW = 3;

  @Mixin private Options options;

  /**
   * Exit codes: 0 done, 1 something failed, 2 wrong arguments, a ratio that is not stored or
   * contestants that do not agree, 3 a ratio above {@code --fail-above} or worse than {@code
   * --gate} allows.
   */
  public static void main(String[] arguments) {
    CommandLine commandLine =
        new CommandLine(new Compare())
            .setCaseInsensitiveEnumValuesAllowed(true)
            // scripts have their own defaults before what the caller says
            .setOverwrittenOptionsAllowed(true)
            .setExecutionExceptionHandler(
                (failure, command, result) -> {
                  command.getErr().println("perf/compare: " + failure.getMessage());
                  return exitCode(failure);
                });
    System.exit(commandLine.execute(arguments));
  }

  private static int exitCode(Exception failure) {
    boolean wrong = failure instanceof Disagreement || failure instanceof IllegalArgumentException;
    return wrong ? DISAGREEMENT : 1;
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
    Settings settings = options.settings();
    Optional<RatioGate> gate = Optional.empty();
    if (options.gate().isPresent()) {
      gate = Optional.of(new RatioGate(StoredRatios.read(options.gate().get()), settings));
    }
    Bench bench = new Bench(settings.work(), Processors.SHARED);
    Runtime.getRuntime().addShutdownHook(new Thread(bench::close, "close-servers"));
    Exchange exchange = new Exchange();
    Launcher launcher = new Launcher(settings, bench);

    Server upstream = launcher.upstream();
    RecordServer baselineDatabase = launcher.database("baseline");
    RecordServer engineDatabase = launcher.database("engine");
    Contestant baseline = launcher.baseline(upstream, baselineDatabase);
    Contestant contestant = launcher.engine(upstream, engineDatabase);
    Optional<OpenLoad> generator = Optional.empty();
    if (!settings.openPercents().isEmpty()) {
      generator = Optional.of(launcher.generator());
    }
    baseline.awaitReady();
    contestant.awaitReady();
    requireAgreement(exchange, settings.shapes(), contestant, baseline);

    List<String> setting = Surroundings.describe(settings);
    setting.forEach(line -> System.out.println("- " + line));
    RatioGate judge = gate.orElse(null);
    Comparison comparison =
        new Rounds(
                settings,
                new LoadRun(settings, upstream, exchange, generator),
                contestant,
                baseline,
                (sofar, cell) -> judge != null && judge.wantsMore(sofar, cell))
            .run();
    report(settings, setting, comparison);
    return Math.max(
        settings.failAbove().map(limit -> judge(comparison, limit)).orElse(0),
        gate.map(ratios -> judge(comparison, ratios)).orElse(0));
  }

  private static void requireAgreement(
      Exchange exchange, List<Shape> shapes, Contestant contestant, Contestant baseline)
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

  private void report(Settings settings, List<String> setting, Comparison comparison)
      throws IOException {
    List<String> findings = Watchdog.findings(comparison.measurements());
    System.out.println();
    System.out.print(ComparisonTable.print(comparison));
    System.out.println();
    findings.forEach(finding -> System.out.println("- watchdog: " + finding));
    if (findings.isEmpty()) {
      System.out.println(
          "- watchdog: neither the load generator nor the upstream was the bottleneck");
    }
    if (options.json().isPresent()) {
      Files.writeString(
          options.json().get(),
          JsonReport.print(settings.comparison(), comparison, setting, findings));
    }
    if (options.writeRatios().isPresent()) {
      RatioGate.write(options.writeRatios().get(), settings, setting, comparison);
    }
  }

  private static int judge(Comparison comparison, double limit) {
    int exitCode = 0;
    for (var cell : comparison.ratios().entrySet()) {
      double ratio = cell.getValue().get(Measure.CPU).value();
      if (ratio > limit) {
        System.out.printf(
            "- too slow: %s costs %.2f times the baseline's CPU, the limit is %.2f%n",
            cell.getKey(), ratio, limit);
        exitCode = TOO_SLOW;
      }
    }
    return exitCode;
  }

  private static int judge(Comparison comparison, RatioGate gate) {
    int exitCode = 0;
    for (Judgement judgement : gate.judge(comparison)) {
      System.out.println("- " + judgement.explain());
      if (judgement.verdict() == Judgement.Verdict.WORSENED) {
        exitCode = TOO_SLOW;
      }
    }
    return exitCode;
  }
}
