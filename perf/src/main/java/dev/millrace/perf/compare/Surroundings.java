package dev.millrace.perf.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Describes where and how a comparison ran, for the head of its report. Stateless. */
final class Surroundings {

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private Surroundings() {}

  static List<String> describe(Settings settings) throws IOException {
    return List.of(
        "machine: "
            + Runtime.getRuntime().availableProcessors()
            + " x "
            + model(Files.readString(CPU_INFO)).orElse(System.getProperty("os.arch"))
            + ", "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.version"),
        "java: "
            + System.getProperty("java.vm.name")
            + " "
            + System.getProperty("java.runtime.version")
            + ", flags of both contestants: "
            + String.join(" ", settings.jvmFlags())
            + (settings.engineFlags().isEmpty()
                ? ""
                : ", of the engine also: " + String.join(" ", settings.engineFlags()))
            + ", event loops: "
            + settings.eventLoops(),
        "load: "
            + settings.connections().stream()
                .map(String::valueOf)
                .collect(Collectors.joining(" and "))
            + " connections, "
            + settings.rounds()
            + " rounds of "
            + settings.seconds()
            + " s after "
            + settings.warmUpSeconds()
            + " s of warm-up, upstream latency "
            + settings.latencyMillis()
            + " ms, durability "
            + settings.mode().durability());
  }

  static Optional<String> model(String cpuInfo) {
    return cpuInfo
        .lines()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst();
  }
}
