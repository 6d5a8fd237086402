package dev.millrace.perf.stress;

import dev.millrace.perf.process.JavaCommand;
import dev.millrace.perf.process.ProcessorTime;
import dev.millrace.perf.process.Processors;
import dev.millrace.perf.process.Program;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs one simulation in a process of its own, on Gatling's own class path, and reads what it
 * noted. Immutable, used on the main thread.
 *
 * @param home this checkout's {@code perf}
 * @param work of this run
 * @param test whose name the report's directory has
 */
record GatlingRun(Path home, Path work, String test, Processors processors) {
  private static final Duration START_AND_REPORT = Duration.ofMinutes(2);

  /**
   * What a stage does.
   *
   * @param simulation the simple name of its class
   * @param properties of its own, such as {@code load.rate}
   */
  record Stage(
      String name,
      String simulation,
      URI url,
      int warmUpSeconds,
      int seconds,
      Map<String, Object> properties) {}

  /** How a stage ended, and how busy the generator was while it took. */
  record Result(Outcomes outcomes, double generatorCpuSeconds) {}

  Result run(Stage stage) throws IOException, InterruptedException {
    Path outcomes = work.resolve("outcomes.json");
    Files.deleteIfExists(outcomes);
    List<String> command = command(stage);
    Duration limit =
        Duration.ofSeconds(stage.warmUpSeconds() + stage.seconds()).plus(START_AND_REPORT);
    double before = childrenCpuSeconds();
    try (Program gatling =
        Program.start("gatling-" + stage.name().replace(' ', '-'), command, Map.of(), work)) {
      gatling.awaitSuccess(limit);
    }
    double cpu = childrenCpuSeconds() - before;
    return new Result(Outcomes.of(JsonMapper.shared().readTree(Files.readString(outcomes))), cpu);
  }

  private List<String> command(Stage stage) {
    Path module = home.resolve("gatling/target");
    List<String> flags =
        new ArrayList<>(
            List.of(
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Djava.util.prefs.userRoot=" + work,
                "-Dload.url=" + stage.url(),
                "-Dload.work=" + work,
                "-Dload.warm-up=" + stage.warmUpSeconds(),
                "-Dload.seconds=" + stage.seconds()));
    stage.properties().forEach((name, value) -> flags.add("-D" + name + "=" + value));
    List<String> command = new ArrayList<>(processors.others());
    command.addAll(
        JavaCommand.of(
            module.resolve("classes") + ":" + module.resolve("lib") + "/*",
            flags,
            List.of(
                "io.gatling.app.Gatling",
                "-s",
                "dev.millrace.perf.gatling." + stage.simulation(),
                "-rf",
                home.resolve("target/gatling").resolve(test).toString())));
    return command;
  }

  /** Of the processes that were started here and have ended. */
  private static double childrenCpuSeconds() throws IOException {
    return ProcessorTime.ofSelf().children();
  }
}
