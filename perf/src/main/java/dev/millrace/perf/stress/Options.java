package dev.millrace.perf.stress;

/**
 * What the caller of {@code perf/load} may choose. Immutable.
 *
 * @param seconds of each stage that counts
 * @param warmUpSeconds before each first stage
 * @param minutes of the soak
 * @param rate of the soak and the mix, requests a second
 * @param users at once, of the tests that know no rate
 * @param bound what bounds capacity in the overload
 */
record Options(int seconds, int warmUpSeconds, int minutes, int rate, int users, Bound bound) {

  /** What bounds how much a gateway can do. */
  enum Bound {
    /** The executions that it lets in at once, while the upstream takes its time. */
    ADMISSION,
    /** One processor, which the gateway has for itself. */
    PROCESSOR
  }

  Options {
    requireBetween("--seconds", seconds, 5, 600);
    requireBetween("--warm-up", warmUpSeconds, 1, 600);
    requireBetween("--minutes", minutes, 1, 600);
    requireBetween("--rate", rate, 1, 10_000);
    requireBetween("--users", users, 2, 1_000);
  }

  private static void requireBetween(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + ": must be between " + least + " and " + most + ", not " + value);
    }
  }
}
