package dev.millrace.perf.process;

import dev.millrace.perf.upstream.PerfUpstream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Starts what one run needs, each as a process of its own on 127.0.0.1, and ends it again in the
 * opposite order: who writes goes before what it writes to. Owned by one run, used on the main
 * thread; closed there, or on the thread that ends this program.
 */
public final class Bench implements AutoCloseable {

  /** What {@code ./millrace} gives to {@code serve}; a test compares the two. */
  public static final String SERVE_FLAGS =
      "-XX:+UseSerialGC -Xms128m -Xmx512m -Xmn64m -XX:SurvivorRatio=4"
          + " -XX:TargetSurvivorRatio=90 -Xss512k -XX:+ExitOnOutOfMemoryError";

  private static final String MILLRACE_MAIN = "dev.millrace.app.Main";
  private static final List<String> UPSTREAM_FLAGS = List.of("-XX:+UseSerialGC", "-Xmx256m");

  private final Path work;
  private final Processors processors;
  private final Deque<AutoCloseable> owned = new ConcurrentLinkedDeque<>();

  /** An empty bench. */
  public Bench(Path work, Processors processors) {
    this.work = work;
    this.processors = processors;
  }

  /** Where logs, data and generated definitions go. */
  public Path work() {
    return work;
  }

  /** Starts the upstream on one event loop and waits until it answers. */
  public Server upstream(long latencyMillis) throws InterruptedException {
    return upstream(latencyMillis, 1, UPSTREAM_FLAGS);
  }

  /**
   * Starts the upstream and waits until it answers.
   *
   * @param jvmFlags besides those of its logging
   */
  public Server upstream(long latencyMillis, int eventLoops, List<String> jvmFlags)
      throws InterruptedException {
    List<String> flags = new ArrayList<>(jvmFlags);
    flags.addAll(JavaCommand.OWN_LOGGING);
    int port = Program.freePort();
    List<String> command = new ArrayList<>(processors.others());
    command.addAll(
        JavaCommand.of(
            flags,
            List.of(
                PerfUpstream.class.getName(),
                "--port",
                Integer.toString(port),
                "--event-loops",
                Integer.toString(eventLoops),
                "--latency",
                Long.toString(latencyMillis))));
    return server("upstream", port, command, Map.of()).awaitReady("/stats");
  }

  /** Starts a PostgreSQL server, which is empty. */
  public RecordServer database() {
    return database("millrace");
  }

  /** Starts one of several PostgreSQL servers, which is empty. */
  public RecordServer database(String name) {
    return own(RecordServer.start(work, name));
  }

  /**
   * Starts {@code millrace serve} and waits until it is ready.
   *
   * @param flags of its JVM, besides those of the launcher
   * @param settings by their environment variables
   */
  public Server gateway(
      String name, Path definitions, List<String> flags, Map<String, String> settings)
      throws InterruptedException {
    List<String> all = new ArrayList<>(List.of(SERVE_FLAGS.split(" ", -1)));
    all.addAll(flags);
    return startGateway(name, definitions, all, settings, List.of()).awaitReady("/health/ready");
  }

  /**
   * Starts {@code millrace serve}, and does not wait.
   *
   * @param flags of its JVM, all of them
   * @param settings by their environment variables
   * @param before a main class that runs another's, with its arguments; empty for none
   */
  public Server startGateway(
      String name,
      Path definitions,
      List<String> flags,
      Map<String, String> settings,
      List<String> before) {
    int port = Program.freePort();
    List<String> program = new ArrayList<>(before);
    program.addAll(List.of(MILLRACE_MAIN, "serve"));
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("MILLRACE_HTTP_HOST", "127.0.0.1");
    environment.put("MILLRACE_HTTP_PORT", Integer.toString(port));
    environment.put("MILLRACE_DEFINITIONS", definitions.toString());
    environment.put("MILLRACE_LOG_LEVEL", "warn");
    environment.put("MILLRACE_DATA_DIR", work.resolve(name + "-data").toString());
    return server(name, port, measured(JavaCommand.ofServer(flags, program)), environment);
  }

  /** A command on the processors of the program under load. */
  public List<String> measured(List<String> command) {
    List<String> placed = new ArrayList<>(processors.measured());
    placed.addAll(command);
    return placed;
  }

  /** Starts any server, which is to listen on the port on 127.0.0.1, and does not wait. */
  public Server server(
      String name, int port, List<String> command, Map<String, String> environment) {
    Program program = own(Program.start(name, command, environment, work));
    return new Server(program, URI.create("http://127.0.0.1:" + port));
  }

  /** Has something closed with the rest, before what was started earlier. */
  public <T extends AutoCloseable> T own(T closeable) {
    owned.push(closeable);
    return closeable;
  }

  /** Whatever cannot be closed is said, and keeps nothing else from being closed. */
  @Override
  public void close() {
    AutoCloseable next;
    while ((next = owned.poll()) != null) {
      try {
        next.close();
      } catch (Exception failure) {
        System.err.println("could not close: " + failure.getMessage());
      }
    }
  }
}
