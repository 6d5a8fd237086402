package dev.millrace.engine.journal;

import dev.millrace.engine.plan.Estimates;
import java.util.List;
import java.util.Objects;

/**
 * Estimates by what was measured: the nearest ranks of the samples. Made for one dry run,
 * immutable.
 */
public final class SampledEstimates implements Estimates {
  private static final double MICROS = 1_000;

  private final DurationSamples samples;

  public SampledEstimates(DurationSamples samples) {
    this.samples = Objects.requireNonNull(samples);
  }

  @Override
  public TaskEstimate task(String taskId) {
    List<Long> durations = samples.task(taskId);
    return durations.isEmpty()
        ? TaskEstimate.UNKNOWN
        : new TaskEstimate(rank(durations, 50), rank(durations, 95), durations.size());
  }

  /** The smallest sample that so many percent of all do not exceed, in milliseconds. */
  private static double rank(List<Long> sorted, int percent) {
    int place = (sorted.size() * percent + 99) / 100;
    return sorted.get(place - 1) / MICROS;
  }
}
