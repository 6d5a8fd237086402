package dev.millrace.perf.compare;

import dev.millrace.perf.gate.Judgement;
import dev.millrace.perf.gate.MedianInterval;
import dev.millrace.perf.gate.StoredRatios;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Applies the stored ratios to a {@link Comparison}: those of CPU and of allocated bytes decide,
 * because they depend least on what else the machine does. Made by {@link Compare}, used on its
 * main thread.
 */
final class RatioGate {

  private static final List<Measure> JUDGED = List.of(Measure.CPU, Measure.ALLOCATED);
  private static final List<Measure> STORED =
      List.of(Measure.CPU, Measure.ALLOCATED, Measure.THROUGHPUT, Measure.P99);
  private static final double DIGITS = 1_000;

  private final StoredRatios stored;
  private final Settings settings;

  /** Fails when a ratio that is to be judged is not stored. */
  RatioGate(StoredRatios stored, Settings settings) {
    this.stored = stored;
    this.settings = settings;
    for (Shape shape : settings.shapes()) {
      JUDGED.forEach(measure -> storedRatio(shape, measure));
    }
  }

  private double storedRatio(Shape shape, Measure measure) {
    return stored.require(settings.comparison(), shape.label(), measure.key());
  }

  /** All ratios of the loop that saturates. */
  List<Judgement> judge(Comparison comparison) {
    return settings.shapes().stream()
        .map(shape -> new Cell(shape, settings.saturating()))
        .flatMap(cell -> judge(comparison, cell).stream())
        .toList();
  }

  /** Whether a cell should get more rounds before it is judged for good. */
  boolean wantsMore(Comparison comparison, Cell cell) {
    return cell.load().equals(settings.saturating())
        && judge(comparison, cell).stream().anyMatch(Judgement::wantsMore);
  }

  private List<Judgement> judge(Comparison comparison, Cell cell) {
    List<Judgement> judgements = new ArrayList<>();
    for (Measure measure : JUDGED) {
      judgements.add(
          Judgement.of(
              settings.comparison() + ", " + cell.shape().label() + ": " + measure.label(),
              storedRatio(cell.shape(), measure),
              comparison.rounds(cell, measure),
              comparison.disturbance(cell)));
    }
    return judgements;
  }

  /** Stores the ratios of a run beside those of other shapes. */
  static void write(Path file, Settings settings, List<String> setting, Comparison comparison)
      throws IOException {
    StoredRatios ratios = StoredRatios.read(file);
    for (Shape shape : settings.shapes()) {
      Cell cell = new Cell(shape, settings.saturating());
      Map<String, Double> measures = new TreeMap<>();
      for (Measure measure : STORED) {
        double median = MedianInterval.of(comparison.rounds(cell, measure)).median();
        measures.put(measure.key(), Math.round(median * DIGITS) / DIGITS);
      }
      ratios = ratios.with(setting, settings.comparison(), shape.label(), measures);
    }
    ratios.write(file);
  }
}
