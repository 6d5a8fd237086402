package dev.millrace.perf.process;

import java.util.List;

/**
 * Who runs on which processors, as the beginning of a command. Immutable.
 *
 * @param measured of the program under load
 * @param others of the generator and the upstream
 */
public record Processors(List<String> measured, List<String> others) {

  /** Everybody runs everywhere. */
  public static final Processors SHARED = new Processors(List.of(), List.of());

  /**
   * The last one is for the program under load alone: so its capacity is measured and not the
   * generator's, which has the others.
   */
  public static Processors apart(int available) {
    if (available < 2) {
      return SHARED;
    }
    int last = available - 1;
    return new Processors(
        List.of("taskset", "-c", Integer.toString(last)),
        List.of("taskset", "-c", last == 1 ? "0" : "0-" + (last - 1)));
  }
}
