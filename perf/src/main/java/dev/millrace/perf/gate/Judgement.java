package dev.millrace.perf.gate;

import java.util.List;
import java.util.Locale;

/**
 * Whether one ratio of what the engine costs to what the baseline costs is still the one that was
 * stored; the larger, the worse. Immutable.
 *
 * @param subject what was measured, such as {@code none, chain3: CPU}
 * @param stored the ratio of before
 * @param measured that of this run, with its noise
 * @param disturbance the share of the machine that other programs had meanwhile
 */
public record Judgement(
    String subject, double stored, MedianInterval measured, double disturbance, Verdict verdict) {
  /** By how much a ratio may worsen. */
  public static final double TOLERANCE = 0.15;

  /**
   * With more of the machine gone nothing is said to be worse: the engine, whose code is larger, is
   * then measured while the JVM has not compiled it yet.
   */
  public static final double MOST_DISTURBANCE = 0.25;

  /** What became of a ratio. */
  public enum Verdict {
    /** It is within the tolerance. */
    FINE,
    /** It is better by more than the tolerance and the noise: what is stored is out of date. */
    IMPROVED,
    /** It looks worse, but the noise of the run, or a busy machine, would explain it. */
    UNCLEAR,
    /** It is worse by more than the tolerance and the noise. */
    WORSENED
  }

  /** Judges the ratios of a run's rounds. */
  public static Judgement of(
      String subject, double stored, List<Double> rounds, double disturbance) {
    MedianInterval measured = MedianInterval.of(rounds);
    return new Judgement(
        subject, stored, measured, disturbance, verdict(stored, measured, disturbance));
  }

  private static Verdict verdict(double stored, MedianInterval measured, double disturbance) {
    double most = stored * (1 + TOLERANCE);
    if (measured.median() > most) {
      boolean certain = measured.least() > most && disturbance <= MOST_DISTURBANCE;
      return certain ? Verdict.WORSENED : Verdict.UNCLEAR;
    }
    return measured.most() < stored / (1 + TOLERANCE) ? Verdict.IMPROVED : Verdict.FINE;
  }

  /** Whether further rounds should be made before this is the last word. */
  public boolean wantsMore() {
    return verdict == Verdict.UNCLEAR || verdict == Verdict.WORSENED;
  }

  /** One line for people: what, how much, and what to do. */
  public String explain() {
    String figures =
        String.format(
            Locale.ROOT,
            "gate: %s is %.2f times the baseline's (%.2f to %.2f by the noise of %d rounds), stored is"
                + " %.2f",
            subject,
            measured.median(),
            measured.least(),
            measured.most(),
            measured.rounds(),
            stored);
    return switch (verdict) {
      case FINE -> figures + ": fine";
      case IMPROVED -> figures + ": better. Store it with perf/gate --write, so that it stays so";
      case UNCLEAR -> figures + ": not judged, " + doubt() + ". Try again on a quiet machine";
      case WORSENED ->
          figures
              + String.format(
                  Locale.ROOT,
                  ": WORSE by %.0f %%, allowed are %.0f %%. Find the change that costs it"
                      + " (docs/performance.md, \"When the gate fails\"); where the cost is meant, store"
                      + " it with perf/gate --write and say why in the commit message",
                  100 * (measured.median() / stored - 1),
                  100 * TOLERANCE);
    };
  }

  private String doubt() {
    return disturbance > MOST_DISTURBANCE
        ? String.format(Locale.ROOT, "other programs had %.0f %% of the machine", 100 * disturbance)
        : "the noise is larger than the difference";
  }
}
