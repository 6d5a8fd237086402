package dev.millrace.perf.scale;

import dev.millrace.perf.process.Bench;
import dev.millrace.perf.process.Processors;
import dev.millrace.perf.stress.Judgement;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Checks how cost grows, and how long a start takes; started by {@code perf/scale}. */
@Command(
    name = "perf/scale",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Checks that an execution costs the same with 10,000 workflows as with 10, and a task the same"
          + " among 200 as among 10, and measures the time from start to readiness.",
      ""
    },
    footer = {"", "Exit codes: 0 as expected, 1 not as expected, 2 wrong arguments."})
public final class Scale implements Callable<Integer> {

  /** What can be checked. */
  enum Part {
    CATALOG,
    TASKS,
    START
  }

  @Option(
      names = "--only",
      split = ",",
      description = "some of: ${COMPLETION-CANDIDATES}; default: all")
  private List<Part> parts = List.of(Part.values());

  @Option(names = "--rounds", defaultValue = "5", description = "default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(
      names = "--seconds",
      defaultValue = "3",
      description = "of each run in a round; default: ${DEFAULT-VALUE}")
  private int seconds;

  @Option(names = "--home", hidden = true, required = true)
  private Path home;

  @Option(names = "--work", hidden = true, required = true)
  private Path work;

  /** Runs the program. */
  public static void main(String[] arguments) {
    CommandLine command = new CommandLine(new Scale()).setCaseInsensitiveEnumValuesAllowed(true);
    System.exit(command.execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (rounds < 1 || rounds > 50 || seconds < 1 || seconds > 600) {
      System.err.println("perf/scale: --rounds must be 1 to 50 and --seconds 1 to 600");
      return 2;
    }
    Judgement judgement = new Judgement();
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
    try {
      for (Part part : parts) {
        System.out.println("== " + part.name().toLowerCase(Locale.ROOT));
        Path place = Files.createDirectories(work.resolve(part.name().toLowerCase(Locale.ROOT)));
        try (Bench bench = new Bench(work, Processors.SHARED)) {
          switch (part) {
            case CATALOG -> CatalogScale.run(bench, place, vertx, rounds, seconds, judgement);
            case TASKS -> TaskScale.run(bench, place, vertx, rounds, seconds, judgement);
            case START -> StartScale.run(bench, home, work, rounds, judgement);
          }
        }
      }
    } finally {
      vertx.close().await(10, TimeUnit.SECONDS);
    }
    System.out.println();
    judgement.print(System.out);
    return judgement.holds() ? 0 : 1;
  }

  static String text(List<Double> ratios) {
    return ratios.stream()
        .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio))
        .collect(Collectors.joining(" "));
  }
}
