package dev.millrace.perf.compare;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The outcome of all rounds: the runs and, for each shape, load and measure, the ratio. Immutable,
 * made on the main thread of {@link Compare}.
 *
 * @param engine name of the contestant that is compared
 * @param baseline name of the contestant that it is compared with
 */
record Comparison(String engine, String baseline, List<Measurement> measurements) {

  Comparison {
    measurements = List.copyOf(measurements);
  }

  /** Shapes and loads in the order of their runs, each with all that was measured. */
  Map<Cell, Map<Measure, Ratio>> ratios() {
    Map<Cell, Map<Measure, Ratio>> ratios = new LinkedHashMap<>();
    for (Measurement measurement : measurements) {
      ratios.computeIfAbsent(measurement.cell(), this::ratiosOf);
    }
    return ratios;
  }

  private Map<Measure, Ratio> ratiosOf(Cell cell) {
    Map<Measure, Ratio> ratios = new EnumMap<>(Measure.class);
    for (Measure measure : Measure.values()) {
      List<Double> ofBaseline = values(cell, baseline, measure);
      boolean measured = ofBaseline.stream().anyMatch(value -> value > 0);
      if (measured) {
        ratios.put(measure, Ratio.of(values(cell, engine, measure), ofBaseline));
      }
    }
    return ratios;
  }

  /** The ratio of one measure of each round so far. */
  List<Double> rounds(Cell cell, Measure measure) {
    return Ratio.of(values(cell, engine, measure), values(cell, baseline, measure)).rounds();
  }

  /** The share of the machine that neither contestant, load nor upstream had: of the median run. */
  double disturbance(Cell cell) {
    return Ratio.median(
        measurements.stream()
            .filter(measurement -> measurement.cell().equals(cell))
            .map(measurement -> measurement.otherShare() + measurement.stolenShare())
            .toList());
  }

  private List<Double> values(Cell cell, String contestant, Measure measure) {
    return measurements.stream()
        .filter(measurement -> measurement.cell().equals(cell))
        .filter(measurement -> measurement.contestant().equals(contestant))
        .map(measure::of)
        .toList();
  }
}
