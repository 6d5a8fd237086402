package dev.millrace.perf.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * The measured runs in their order: each shape is warmed up, then the contestants take turns under
 * each load. Owned by {@link Compare}, used on its main thread.
 */
final class Rounds {

  private static final int MOST_REPETITIONS = 3;

  private final Settings settings;
  private final LoadRun load;
  private final Contestant contestant;
  private final Contestant baseline;
  private final BiPredicate<Comparison, Cell> wantsMore;
  private final List<Measurement> measurements = new ArrayList<>();

  /**
   * Prepares the runs.
   *
   * @param wantsMore asked after the rounds of a cell, whether it should get as many again
   */
  Rounds(
      Settings settings,
      LoadRun load,
      Contestant contestant,
      Contestant baseline,
      BiPredicate<Comparison, Cell> wantsMore) {
    this.settings = settings;
    this.load = load;
    this.contestant = contestant;
    this.baseline = baseline;
    this.wantsMore = wantsMore;
  }

  /** Makes all runs; to be called once. */
  Comparison run() throws IOException, InterruptedException {
    for (Shape shape : settings.shapes()) {
      progress(shape.label() + ": warm-up");
      Cell saturating = new Cell(shape, settings.saturating());
      load.warmUp(saturating, contestant);
      load.warmUp(saturating, baseline);
      for (int connections : settings.connections()) {
        measure(new Cell(shape, new Load.Closed(connections)));
      }
      for (int percent : settings.openPercents()) {
        Cell open = new Cell(shape, new Load.Open(percent, rate(saturating, percent)));
        load.warmUpGenerator(open, baseline);
        measure(open);
      }
    }
    return comparison();
  }

  private void measure(Cell cell) throws IOException, InterruptedException {
    int round = 1;
    for (int repetition = 1; repetition <= MOST_REPETITIONS; repetition++) {
      int last = settings.rounds() * repetition;
      for (; round <= last; round++) {
        // who goes first changes, so that a machine that slows down or speeds up favours nobody
        boolean engineFirst = round % 2 == 1;
        measure(cell, engineFirst ? contestant : baseline, round, last);
        measure(cell, engineFirst ? baseline : contestant, round, last);
      }
      if (!wantsMore.test(comparison(), cell)) {
        return;
      }
      progress(
          "%s: worse or not clear after %d rounds, %s"
              .formatted(
                  cell,
                  last,
                  repetition < MOST_REPETITIONS
                      ? settings.rounds() + " more follow"
                      : "which are the most that are made"));
    }
  }

  private void measure(Cell cell, Contestant server, int round, int last)
      throws IOException, InterruptedException {
    Measurement run = load.measure(cell, server, round);
    measurements.add(run);
    progress(
        String.format(
            "%s: %s, %s: %.0f/s, p50 %.2f ms, p99 %.2f ms, %.3f CPU s/1,000, %.1f KB each",
            cell,
            name(round, settings.rounds(), last),
            server.name(),
            run.throughput(),
            run.result().p50Millis(),
            run.result().p99Millis(),
            run.cpuSecondsPerThousand(),
            run.allocatedKilobytes()));
  }

  /**
   * What a round is called.
   *
   * @param asked how many were asked for
   * @param last how many there are by now
   */
  static String name(int round, int asked, int last) {
    return round <= asked
        ? "round %d of %d".formatted(round, asked)
        : "round %d, %d of %d more".formatted(round, round - asked, last - asked);
  }

  /** A share of the throughput that the baseline reached in this very run. */
  private int rate(Cell saturating, int percent) {
    double saturation = comparison().ratios().get(saturating).get(Measure.THROUGHPUT).baseline();
    return (int) Math.max(1, Math.round(saturation * percent / 100));
  }

  private Comparison comparison() {
    return new Comparison(contestant.name(), baseline.name(), measurements);
  }

  private static void progress(String line) {
    System.err.println(line);
  }
}
