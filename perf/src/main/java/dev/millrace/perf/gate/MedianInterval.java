package dev.millrace.perf.gate;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The median of what the rounds of a run measured, and between which bounds it lies with a
 * confidence of 95 %: the run's noise. Immutable.
 *
 * <p>The bounds are those of a bootstrap: the medians of many samples drawn from the rounds. With
 * five rounds they are the smallest and the largest; with more they come closer, and a single odd
 * round no longer matters. Nothing is assumed about how the noise is distributed.
 *
 * @param rounds how many there were
 */
public record MedianInterval(double median, double least, double most, int rounds) {
  /** With fewer there is no noise to be seen. */
  public static final int LEAST_ROUNDS = 3;

  private static final int SAMPLES = 4_000;
  // the same rounds must be judged the same way each time
  private static final long SEED = 20_261_124;

  /** Of values in any order, at least three. */
  public static MedianInterval of(List<Double> values) {
    if (values.size() < LEAST_ROUNDS) {
      throw new IllegalArgumentException(
          "noise is only seen in at least " + LEAST_ROUNDS + " rounds, not in " + values.size());
    }
    double[] measured = values.stream().mapToDouble(Double::doubleValue).toArray();
    SplittableRandom random = new SplittableRandom(SEED);
    double[] medians = new double[SAMPLES];
    double[] sample = new double[measured.length];
    for (int draw = 0; draw < SAMPLES; draw++) {
      for (int index = 0; index < sample.length; index++) {
        sample[index] = measured[random.nextInt(measured.length)];
      }
      medians[draw] = median(sample);
    }
    Arrays.sort(medians);
    return new MedianInterval(
        median(measured),
        medians[SAMPLES / 40],
        medians[SAMPLES - 1 - SAMPLES / 40],
        measured.length);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
