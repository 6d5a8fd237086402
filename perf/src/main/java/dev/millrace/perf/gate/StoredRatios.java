package dev.millrace.perf.gate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The ratios that a repository keeps, {@code perf/ratios.json}: ratios and not times, so that they
 * hold on other machines. Immutable.
 *
 * @param measuredOn machine, Java and load, for people
 * @param ratios by comparison ({@code none}), shape ({@code chain3}) and measure ({@code cpu})
 */
public record StoredRatios(
    List<String> measuredOn, Map<String, Map<String, Map<String, Double>>> ratios) {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** A ratio that was never stored, or a file that is not one of ratios. */
  public static final class Missing extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    Missing(String message) {
      super(message);
    }
  }

  public StoredRatios {
    measuredOn = List.copyOf(measuredOn);
    Map<String, Map<String, Map<String, Double>>> copy = new TreeMap<>();
    ratios.forEach(
        (comparison, shapes) -> {
          Map<String, Map<String, Double>> copied = new TreeMap<>();
          shapes.forEach((shape, measures) -> copied.put(shape, Map.copyOf(measures)));
          copy.put(comparison, copied);
        });
    ratios = copy;
  }

  /** Reads a file; one that does not exist has no ratios. */
  public static StoredRatios read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return new StoredRatios(List.of(), Map.of());
    }
    try {
      return MAPPER.readValue(Files.readString(file), StoredRatios.class);
    } catch (JacksonException | NullPointerException malformed) {
      throw new Missing(
          file
              + " does not hold ratios: "
              + malformed.getMessage()
              + "\nWrite it anew with perf/gate --write");
    }
  }

  /** One ratio; fails where it was not stored. */
  public double require(String comparison, String shape, String measure) {
    Double ratio =
        ratios.getOrDefault(comparison, Map.of()).getOrDefault(shape, Map.of()).get(measure);
    if (ratio == null) {
      throw new Missing(
          "no ratio is stored for "
              + String.join(", ", comparison, shape, measure)
              + "; measure and store it with perf/compare --write-ratios");
    }
    if (!(ratio > 0) || ratio.isInfinite()) {
      throw new Missing(
          "the ratio stored for "
              + String.join(", ", comparison, shape, measure)
              + " must be a positive number, not "
              + ratio);
    }
    return ratio;
  }

  /** The same with those of one shape replaced. */
  public StoredRatios with(
      List<String> measuredOnNow, String comparison, String shape, Map<String, Double> measures) {
    Map<String, Map<String, Map<String, Double>>> changed = new TreeMap<>(ratios);
    Map<String, Map<String, Double>> shapes =
        new TreeMap<>(ratios.getOrDefault(comparison, Map.of()));
    shapes.put(shape, measures);
    changed.put(comparison, shapes);
    return new StoredRatios(measuredOnNow, changed);
  }

  public void write(Path file) throws IOException {
    Files.writeString(
        file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
  }
}
