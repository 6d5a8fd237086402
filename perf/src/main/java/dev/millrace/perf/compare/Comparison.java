package dev.millrace.perf.compare;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The outcome of all rounds: the runs and, for each shape and measure, the ratio. Immutable, made
 * on the main thread of {@link Compare}.
 *
 * @param engine name of the contestant that is compared
 * @param baseline name of the contestant that it is compared with
 */
record Comparison(String engine, String baseline, List<Measurement> measurements) {

  Comparison {
    measurements = List.copyOf(measurements);
  }

  /** Shapes in their own order, each with all that was measured. */
  Map<Shape, Map<Measure, Ratio>> ratios() {
    Map<Shape, Map<Measure, Ratio>> ratios = new EnumMap<>(Shape.class);
    for (Measurement measurement : measurements) {
      ratios.computeIfAbsent(measurement.shape(), this::ratiosOf);
    }
    return ratios;
  }

  private Map<Measure, Ratio> ratiosOf(Shape shape) {
    Map<Measure, Ratio> ratios = new EnumMap<>(Measure.class);
    for (Measure measure : Measure.values()) {
      List<Double> ofBaseline = values(shape, baseline, measure);
      boolean measured = ofBaseline.stream().anyMatch(value -> value > 0);
      if (measured) {
        ratios.put(measure, Ratio.of(values(shape, engine, measure), ofBaseline));
      }
    }
    return ratios;
  }

  private List<Double> values(Shape shape, String contestant, Measure measure) {
    return measurements.stream()
        .filter(measurement -> measurement.shape() == shape)
        .filter(measurement -> measurement.contestant().equals(contestant))
        .map(measure::of)
        .toList();
  }
}
