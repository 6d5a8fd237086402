package dev.millrace.perf.compare;

import dev.millrace.perf.definition.MeasuredDefinitions;
import dev.millrace.perf.direct.DirectComposition;
import dev.millrace.perf.load.LoadGenerator;
import dev.millrace.perf.process.Bench;
import dev.millrace.perf.process.JavaCommand;
import dev.millrace.perf.process.Program;
import dev.millrace.perf.process.RecordServer;
import dev.millrace.perf.process.Server;
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

  // the latencies of a run are kept one by one; a pause of the generator would be in all of them
  private static final List<String> GENERATOR_FLAGS =
      List.of("-XX:+UseSerialGC", "-Xms256m", "-Xmn128m", "-Xmx512m");

  private final Settings settings;
  private final Bench bench;

  Launcher(Settings settings, Bench bench) {
    this.settings = settings;
    this.bench = bench;
  }

  Server upstream() throws InterruptedException {
    return bench.upstream(settings.latencyMillis(), settings.upstreamLoops(), List.of());
  }

  /** A server with the product's tables; null where no record is kept. */
  RecordServer database(String name) {
    return settings.mode().isRecorded() ? bench.database(name).withTables() : null;
  }

  /**
   * Starts the baseline.
   *
   * @param database null without a record
   */
  Contestant baseline(Server upstream, RecordServer database) {
    return switch (settings.against()) {
      case DIRECT -> direct("direct", List.of(), upstream, database);
      case BUFFERED -> millrace("buffered", Mode.BUFFERED, List.of(), upstream, database);
    };
  }

  private Contestant direct(
      String name, List<String> ownFlags, Server upstream, RecordServer database) {
    int port = Program.freePort();
    List<String> flags = flags(ownFlags);
    flags.addAll(JavaCommand.OWN_LOGGING);
    List<String> program = new ArrayList<>(AllocationTally.before(tally(name)));
    program.addAll(
        List.of(
            DirectComposition.class.getName(),
            "--port",
            Integer.toString(port),
            "--upstream-port",
            Integer.toString(upstream.port()),
            "--event-loops",
            Integer.toString(settings.eventLoops()),
            "--record",
            settings.mode().label()));
    List<String> command = JavaCommand.ofServer(flags, program);
    Map<String, String> environment =
        database == null ? Map.of() : Map.of("PERF_DATABASE", database.url());
    return contestant(name, bench.server(name, port, command, environment), database);
  }

  private Contestant millrace(
      String name, Mode mode, List<String> ownFlags, Server upstream, RecordServer database) {
    Map<String, String> environment = new HashMap<>();
    environment.put("MILLRACE_EVENT_LOOPS", Integer.toString(settings.eventLoops()));
    if (database != null) {
      environment.put("MILLRACE_DATABASE_URL", database.url());
    }
    Path definitions = definitions(upstream.port(), mode);
    Server server =
        bench.startGateway(
            name, definitions, flags(ownFlags), environment, AllocationTally.before(tally(name)));
    return contestant(name, server, database);
  }

  private Contestant contestant(String name, Server server, RecordServer database) {
    return new Contestant(name, server, new AllocatedBytes(tally(name)), database);
  }

  private Path tally(String name) {
    return bench.work().resolve(name.replace(' ', '-') + ".tally");
  }

  /**
   * Starts whom the settings name.
   *
   * @param database null without a record
   */
  Contestant engine(Server upstream, RecordServer database) {
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
  OpenLoad generator() {
    List<String> flags = new ArrayList<>(GENERATOR_FLAGS);
    flags.addAll(JavaCommand.OWN_LOGGING);
    List<String> command = JavaCommand.of(flags, List.of(LoadGenerator.class.getName()));
    return new OpenLoad(bench.own(Program.startTalking("generator", command, bench.work())));
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

  private List<String> flags(List<String> ownFlags) {
    List<String> flags = new ArrayList<>(settings.jvmFlags());
    flags.addAll(ownFlags);
    return flags;
  }
}
