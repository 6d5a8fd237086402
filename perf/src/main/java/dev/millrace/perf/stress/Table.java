package dev.millrace.perf.stress;

import java.util.Locale;

/** The one form in which all tests print what a stage measured; stateless, on the main thread. */
final class Table {
  private static final String ROW = "%-16s %9s %9s %9s %9s %9s %10s %12s%n";

  private Table() {}

  static void head() {
    System.out.printf(
        ROW, "", "good/s", "refused/s", "failed", "p50 ms", "p99 ms", "CPU share", "generator's");
  }

  /**
   * One stage.
   *
   * @param name of the requests that are told of
   * @param cpuSeconds of the measured program over the stage, its warm-up included
   */
  static void row(String stage, String name, GatlingRun.Result result, double cpuSeconds) {
    Outcomes outcomes = result.outcomes();
    double seconds = outcomes.warmUpSeconds() + outcomes.seconds();
    Outcomes.Series refused = outcomes.refused(name);
    System.out.printf(
        ROW,
        stage,
        text(outcomes.goodput(name)),
        text(outcomes.refusals(name) / (double) outcomes.seconds()),
        outcomes.failedInAll(),
        outcomes.good(name).p50Millis(),
        outcomes.good(name).p99Millis(),
        text(cpuSeconds / seconds),
        text(result.generatorCpuSeconds() / seconds));
    if (!outcomes.failures().isEmpty()) {
      System.out.println("                 failures: " + outcomes.failures());
    }
    if (!refused.perSecond().isEmpty()) {
      System.out.printf(
          "                 refusals took p50 %d ms, p99 %d ms%n",
          refused.p50Millis(), refused.p99Millis());
    }
  }

  static String text(double number) {
    return String.format(Locale.ROOT, number < 10 ? "%.2f" : "%.0f", number);
  }
}
