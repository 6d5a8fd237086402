package dev.millrace.perf.compare;

import dev.millrace.perf.definition.MeasuredDefinitions;
import dev.millrace.perf.load.LoadGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Knows how each server of a comparison is started: same JVM, same class path, same flags and the
 * same number of event loops for both contestants. Owned by {@link Compare}, used on its main
 * thread.
 */
final class Launcher {

  private static final String MILLRACE_MAIN = "dev.millrace.app.Main";
  private static final String DIRECT_MAIN = "dev.millrace.perf.direct.DirectComposition";
  private static final String UPSTREAM_MAIN = "dev.millrace.perf.upstream.PerfUpstream";
  private static final List<String> OWN_LOGGING =
      List.of("-Dlogback.configurationFile=perf-logback.xml");

  // the latencies of a run are kept one by one; a pause of the generator would be in all of them
  private static final List<String> GENERATOR_FLAGS =
      List.of("-XX:+UseSerialGC", "-Xms256m", "-Xmn128m", "-Xmx512m");

  private final Settings settings;

  Launcher(Settings settings) {
    this.settings = settings;
  }

  Server upstream() {
    int port = Server.freePort();
    List<String> command = java(OWN_LOGGING, UPSTREAM_MAIN);
    command.addAll(
        List.of(
            "--port", Integer.toString(port),
            "--event-loops", Integer.toString(settings.upstreamLoops()),
            "--latency", Long.toString(settings.latencyMillis())));
    return Server.start("upstream", port, command, Map.of(), settings.work(), null);
  }

  /**
   * Starts the baseline.
   *
   * @param database null without a record
   */
  Server baseline(Server upstream, RecordDatabase database) {
    return switch (settings.against()) {
      case DIRECT -> direct("direct", List.of(), upstream, database);
      case BUFFERED -> millrace("buffered", Mode.BUFFERED, List.of(), upstream, database);
    };
  }

  private Server direct(String name, List<String> flags, Server upstream, RecordDatabase database) {
    int port = Server.freePort();
    List<String> command = contestant(flags, OWN_LOGGING, DIRECT_MAIN);
    command.addAll(
        List.of(
            "--port", Integer.toString(port),
            "--upstream-port", Integer.toString(upstream.port()),
            "--event-loops", Integer.toString(settings.eventLoops()),
            "--record", settings.mode().label()));
    Map<String, String> environment =
        database == null ? Map.of() : Map.of("PERF_DATABASE", database.url());
    return Server.start(name, port, command, environment, settings.work(), database);
  }

  private Server millrace(
      String name, Mode mode, List<String> flags, Server upstream, RecordDatabase database) {
    int port = Server.freePort();
    List<String> command = contestant(flags, List.of(), MILLRACE_MAIN);
    command.add("serve");
    Map<String, String> environment = new HashMap<>();
    environment.put("MILLRACE_HTTP_HOST", "127.0.0.1");
    environment.put("MILLRACE_HTTP_PORT", Integer.toString(port));
    environment.put("MILLRACE_DEFINITIONS", definitions(upstream.port(), mode).toString());
    environment.put("MILLRACE_EVENT_LOOPS", Integer.toString(settings.eventLoops()));
    environment.put("MILLRACE_LOG_LEVEL", "warn");
    environment.put("MILLRACE_DATA_DIR", settings.work().resolve(name + "-data").toString());
    if (database != null) {
      environment.put("MILLRACE_DATABASE_URL", database.url());
    }
    return Server.start(name, port, command, environment, settings.work(), database);
  }

  /**
   * Starts whom the settings name.
   *
   * @param database null without a record
   */
  Server engine(Server upstream, RecordDatabase database) {
    return switch (settings.engine()) {
      case MILLRACE ->
          millrace(
              settings.against() == Settings.Against.BUFFERED ? "durable" : "millrace",
              settings.mode(),
              settings.engineFlags(),
              upstream,
              database);
      case DIRECT -> direct("direct again", settings.engineFlags(), upstream, database);
    };
  }

  /** The program that makes open loops. */
  OpenLoad generator() throws IOException {
    List<String> flags = new ArrayList<>(GENERATOR_FLAGS);
    flags.addAll(OWN_LOGGING);
    return OpenLoad.start(java(flags, LoadGenerator.class.getName()), settings.work());
  }

  /** Writes the definitions into the work directory with the upstream's port filled in. */
  private Path definitions(int upstreamPort, Mode mode) {
    Path target = settings.work().resolve("definitions-" + mode.label());
    try {
      Files.createDirectories(target);
      for (Map.Entry<String, String> file :
          MeasuredDefinitions.forUpstream(upstreamPort, mode.durability()).texts().entrySet()) {
        Files.writeString(target.resolve(file.getKey()), file.getValue());
      }
      return target;
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write the definitions to " + target, failure);
    }
  }

  private List<String> contestant(
      List<String> ownFlags, List<String> properties, String mainClass) {
    List<String> flags = new ArrayList<>(settings.jvmFlags());
    flags.addAll(ownFlags);
    if (Runtime.version().feature() >= 23) {
      // as ./millrace does: Netty uses memory that newer Java warns about
      flags.add("--sun-misc-unsafe-memory-access=allow");
    }
    flags.addAll(properties);
    return java(flags, mainClass);
  }

  private static List<String> java(List<String> flags, String mainClass) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    return command;
  }
}
