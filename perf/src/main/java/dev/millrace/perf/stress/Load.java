package dev.millrace.perf.stress;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs one test under load and judges it; started by {@code perf/load}, on its main thread. */
@Command(
    name = "perf/load",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Starts Millrace and what it needs, drives it with a Gatling simulation, and judges what came"
          + " out by what the same run measured before.",
      ""
    },
    footer = {
      "",
      "ramp      ever more callers at once, until throughput grows no longer",
      "soak      the everyday mix for minutes: memory stays flat",
      "overload  three times what the gateway can do: it goes on doing it, and refuses the rest at"
          + " once",
      "mixed     all shapes beside each other, with callers who are wrong",
      "webhook   reviews for the operator's webhook, also three times too many",
      "database  Durable and Buffered executions on PostgreSQL: all are on record",
      "",
      "Exit codes: 0 as expected, 1 not as expected, 2 wrong arguments."
    })
public final class Load implements Callable<Integer> {

  @Parameters(paramLabel = "TEST", description = "one of: ${COMPLETION-CANDIDATES}")
  private LoadTest test;

  @Option(
      names = "--seconds",
      defaultValue = "20",
      description = "of each stage; default: ${DEFAULT-VALUE}")
  private int seconds;

  @Option(
      names = "--warm-up",
      defaultValue = "15",
      description = "seconds before the first stage; default: ${DEFAULT-VALUE}")
  private int warmUp;

  @Option(
      names = "--minutes",
      defaultValue = "10",
      description = "of the soak; default: ${DEFAULT-VALUE}")
  private int minutes;

  @Option(
      names = "--rate",
      defaultValue = "200",
      description = "requests a second, of the soak and of the mix; default: ${DEFAULT-VALUE}")
  private int rate;

  @Option(
      names = "--users",
      defaultValue = "32",
      description = "callers at once, of overload, webhook and database; default: ${DEFAULT-VALUE}")
  private int users;

  @Option(
      names = "--bound",
      defaultValue = "admission",
      description =
          "what bounds capacity in the overload: ${COMPLETION-CANDIDATES}; default:"
              + " ${DEFAULT-VALUE}")
  private Options.Bound bound;

  @Option(names = "--home", hidden = true, required = true)
  private Path home;

  @Option(names = "--work", hidden = true, required = true)
  private Path work;

  /** Runs the program. */
  public static void main(String[] arguments) {
    CommandLine command = new CommandLine(new Load()).setCaseInsensitiveEnumValuesAllowed(true);
    System.exit(command.execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Options options;
    try {
      options = new Options(seconds, warmUp, minutes, rate, users, bound);
    } catch (IllegalArgumentException wrong) {
      System.err.println("perf/load: " + wrong.getMessage());
      return 2;
    }
    Judgement judgement = test.run(home, work, options);
    System.out.println();
    judgement.print(System.out);
    System.out.println(test.label() + (judgement.holds() ? ": as expected" : ": NOT as expected"));
    System.out.println("Gatling's reports: perf/target/gatling/" + test.label());
    return judgement.holds() ? 0 : 1;
  }
}
