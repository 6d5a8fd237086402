package dev.millrace.perf.stress;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Starts what one test needs, each as a process of its own on 127.0.0.1, and ends it again in the
 * opposite order. Owned by one test, used on the main thread.
 */
public final class Bench implements AutoCloseable {
  private static final List<String> SERVE_FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xms128m",
          "-Xmn64m",
          "-XX:SurvivorRatio=4",
          "-XX:TargetSurvivorRatio=90",
          "-Xss512k",
          "-XX:+ExitOnOutOfMemoryError");
  private static final List<String> WEBHOOK_FLAGS =
      List.of("-XX:+UseSerialGC", "-Xss512k", "-Xmx230m");
  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final Duration WEBHOOK_START = Duration.ofMinutes(1);
  private static final String WEBHOOK_READY = "webhook at port ";

  private final Path work;
  private final Processors processors;
  private final Deque<Runnable> closings = new ArrayDeque<>();

  /** An empty bench. */
  public Bench(Path work, Processors processors) {
    this.work = work;
    this.processors = processors;
    LoadDefinitions.writeInputs(work.resolve("bodies"));
  }

  Path work() {
    return work;
  }

  /**
   * Starts the upstream.
   *
   * @return its port
   */
  public int upstream(int latencyMillis) throws InterruptedException {
    int port = Program.freePort();
    List<String> command = new ArrayList<>(processors.others());
    command.addAll(
        java(
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-Dlogback.configurationFile=perf-logback.xml"),
            "dev.millrace.perf.upstream.PerfUpstream"));
    command.addAll(
        List.of("--port", Integer.toString(port), "--latency", Integer.toString(latencyMillis)));
    Program upstream = owned(Program.start("upstream", command, Map.of(), work));
    upstream.awaitReady(URI.create("http://127.0.0.1:" + port + "/stats"), INTERVAL);
    return port;
  }

  public RecordServer database() {
    RecordServer server = RecordServer.start(work);
    closings.push(server::close);
    return server;
  }

  /** Starts {@code millrace serve} with the workflows under load. */
  public Gateway gateway(int upstreamPort, List<String> flags, Map<String, String> settings)
      throws InterruptedException {
    Path definitions = work.resolve("definitions");
    LoadDefinitions.write(definitions, upstreamPort);
    return gateway("millrace", definitions, flags, settings);
  }

  /**
   * Starts {@code millrace serve} and waits until it is ready.
   *
   * @param flags of its JVM, besides those of the launcher
   * @param settings by their environment variables
   */
  public Gateway gateway(
      String name, Path definitions, List<String> flags, Map<String, String> settings)
      throws InterruptedException {
    int port = Program.freePort();
    List<String> all = new ArrayList<>(SERVE_FLAGS);
    all.addAll(flags);
    if (Runtime.version().feature() >= 23) {
      all.add("--sun-misc-unsafe-memory-access=allow");
    }
    List<String> command = new ArrayList<>(processors.measured());
    command.addAll(java(all, "dev.millrace.app.Main"));
    command.add("serve");
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("MILLRACE_HTTP_HOST", "127.0.0.1");
    environment.put("MILLRACE_HTTP_PORT", Integer.toString(port));
    environment.put("MILLRACE_DEFINITIONS", definitions.toString());
    environment.put("MILLRACE_LOG_LEVEL", "warn");
    environment.put("MILLRACE_DATA_DIR", work.resolve(name + "-data").toString());
    Program program = owned(Program.start(name, command, environment, work));
    URI url = URI.create("http://127.0.0.1:" + port);
    program.awaitReady(url.resolve("/health/ready"), INTERVAL);
    return new Gateway(program, url);
  }

  /** Starts the operator's webhook, without a cluster. */
  Gateway webhook() throws InterruptedException, IOException {
    List<String> flags = new ArrayList<>(WEBHOOK_FLAGS);
    flags.add("-Dlogback.configurationFile=perf-logback.xml");
    // It ends with its input, which is this process's end of a pipe.
    List<String> command = new ArrayList<>(processors.measured());
    command.addAll(java(flags, "dev.millrace.perf.webhook.WebhookProcess"));
    Program program = owned(Program.start("webhook", command, Map.of(), work));
    long giveUp = System.nanoTime() + WEBHOOK_START.toNanos();
    while (System.nanoTime() < giveUp) {
      for (String line : Files.readAllLines(work.resolve("webhook.out"))) {
        if (line.startsWith(WEBHOOK_READY)) {
          int port = Integer.parseInt(line.substring(WEBHOOK_READY.length()).strip());
          return new Gateway(program, URI.create("https://127.0.0.1:" + port));
        }
      }
      Thread.sleep(INTERVAL.toMillis());
    }
    throw new IllegalStateException("the webhook did not listen in time; see its log in " + work);
  }

  /** Closed with the rest, before what was started earlier. */
  private Program owned(Program program) {
    closings.push(program::close);
    return program;
  }

  static List<String> java(List<String> flags, String mainClass) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    return command;
  }

  @Override
  public void close() {
    while (!closings.isEmpty()) {
      closings.pop().run();
    }
  }
}
