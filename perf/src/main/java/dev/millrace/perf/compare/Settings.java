package dev.millrace.perf.compare;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What one comparison measures and how, validated. Made by {@link Compare} from its command line.
 *
 * @param engine who is compared with the baseline
 * @param mode how both keep a record
 * @param home the {@code perf} directory of the repository
 * @param work a directory for logs and generated definitions
 * @param eventLoops per contestant: said to both, because their own defaults differ
 * @param failAbove the CPU ratio above which the comparison fails
 */
record Settings(
    Engine engine,
    Mode mode,
    List<Shape> shapes,
    int connections,
    int seconds,
    int rounds,
    int warmUpSeconds,
    int loadThreads,
    int upstreamLoops,
    int eventLoops,
    long latencyMillis,
    List<String> jvmFlags,
    Optional<Double> failAbove,
    Path home,
    Path work) {

  /** The contestants that can stand against the baseline. */
  enum Engine {
    MILLRACE,
    /** The baseline itself, as a check of the method: all ratios must be about 1. */
    DIRECT
  }

  Settings {
    shapes = List.copyOf(shapes);
    jvmFlags = List.copyOf(jvmFlags);
    if (shapes.isEmpty()) {
      throw new IllegalArgumentException("--shapes: name at least one shape");
    }
    requireBetween("--connections", connections, 1, 10_000);
    requireBetween("--seconds", seconds, 1, 600);
    requireBetween("--rounds", rounds, 1, 50);
    requireBetween("--warm-up", warmUpSeconds, 1, 600);
    requireBetween("--threads", loadThreads, 1, 64);
    requireBetween("--upstream-loops", upstreamLoops, 1, 64);
    requireBetween("--event-loops", eventLoops, 1, 256);
    requireBetween("--latency", latencyMillis, 0, 10_000);
    if (connections < loadThreads) {
      throw new IllegalArgumentException("--connections: wrk needs at least one for each thread");
    }
  }

  private static void requireBetween(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + ": must be between " + least + " and " + most + ", not " + value);
    }
  }
}
