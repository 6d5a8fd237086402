package dev.millrace.perf.compare;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What one comparison measures and how, validated. Made by {@link Options} from the command line.
 *
 * @param engine who is compared with the baseline
 * @param against who the baseline is
 * @param mode how both keep a record
 * @param connections closed loops, by their number of callers
 * @param openPercents open loops, by their share of what the baseline reached with the most callers
 * @param eventLoops per contestant: said to both, because their own defaults differ
 * @param engineFlags of the JVM of the engine alone, in addition
 * @param failAbove the CPU ratio above which the comparison fails
 * @param home the {@code perf} directory of the repository
 * @param work a directory for logs and generated definitions
 */
record Settings(
    Engine engine,
    Against against,
    Mode mode,
    List<Shape> shapes,
    List<Integer> connections,
    List<Integer> openPercents,
    int seconds,
    int rounds,
    int warmUpSeconds,
    int loadThreads,
    int upstreamLoops,
    int eventLoops,
    long latencyMillis,
    List<String> jvmFlags,
    List<String> engineFlags,
    Optional<Double> failAbove,
    Path home,
    Path work) {

  /** The contestants that can stand against the baseline. */
  enum Engine {
    MILLRACE,
    /** The baseline itself, as a check of the method: all ratios must be about 1. */
    DIRECT
  }

  /** The baselines. */
  enum Against {
    /** The same calls written by hand. */
    DIRECT,
    /** Millrace itself with {@code durability: Buffered}. */
    BUFFERED
  }

  Settings {
    shapes = List.copyOf(shapes);
    connections = List.copyOf(connections);
    openPercents = List.copyOf(openPercents);
    jvmFlags = List.copyOf(jvmFlags);
    engineFlags = List.copyOf(engineFlags);
    if (shapes.isEmpty()) {
      throw new IllegalArgumentException("--shapes: name at least one shape");
    }
    if (connections.isEmpty()) {
      throw new IllegalArgumentException("--connections: name at least one number");
    }
    connections.forEach(number -> requireBetween("--connections", number, 1, 10_000));
    openPercents.forEach(percent -> requireBetween("--open", percent, 1, 500));
    requireBetween("--seconds", seconds, 1, 600);
    requireBetween("--rounds", rounds, 1, 50);
    requireBetween("--warm-up", warmUpSeconds, 1, 600);
    requireBetween("--threads", loadThreads, 1, 64);
    requireBetween("--upstream-loops", upstreamLoops, 1, 64);
    requireBetween("--event-loops", eventLoops, 1, 256);
    requireBetween("--latency", latencyMillis, 0, 10_000);
    if (against == Against.BUFFERED && (mode != Mode.DURABLE || engine != Engine.MILLRACE)) {
      throw new IllegalArgumentException(
          "--against buffered: compares Millrace's own modes, so it goes with --mode durable and"
              + " --engine millrace only");
    }
  }

  /** What is compared, as stored ratios name it. */
  String comparison() {
    return against == Against.BUFFERED ? "durable-against-buffered" : mode.label();
  }

  /** The closed loop that saturates. */
  Load.Closed saturating() {
    return new Load.Closed(connections.stream().max(Integer::compare).orElseThrow());
  }

  private static void requireBetween(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + ": must be between " + least + " and " + most + ", not " + value);
    }
  }
}
