package dev.millrace.perf.direct;

import dev.millrace.persistence.DatabaseUrl;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The direct baseline as a program: serves the shapes at the paths at which Millrace serves its
 * workflows. Owned by {@code perf/compare} (or by tests, through {@link #start}); its main thread
 * only starts the event loops.
 */
@Command(
    name = "direct",
    mixinStandardHelpOptions = true,
    description = "Serves the measured shapes, composed by hand, on 127.0.0.1.")
public final class DirectComposition implements Callable<Integer> {

  @Option(names = "--port", description = "0 picks a free one; it is printed", defaultValue = "0")
  private int port;

  @Option(names = "--upstream-port", description = "where the upstream listens", required = true)
  private int upstreamPort;

  @Option(names = "--event-loops", description = "0: Vert.x' default", defaultValue = "0")
  private int eventLoops;

  @Option(
      names = "--record",
      description =
          "none, buffered (written in batches that nobody waits for) or durable (committed around"
              + " each effect); default: ${DEFAULT-VALUE}",
      defaultValue = "none")
  private Recorder.Mode record;

  @Option(
      names = "--database",
      defaultValue = "${env:PERF_DATABASE}",
      description = "where the record is kept, with its tables; default: $PERF_DATABASE")
  private String database;

  /** Runs the program; it ends with the process. */
  public static void main(String[] arguments) {
    int exitCode =
        new CommandLine(new DirectComposition())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  @Override
  public Integer call() {
    int instances = eventLoops == 0 ? VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE : eventLoops;
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(instances));
    try {
      int actualPort =
          start(vertx, port, upstreamPort, instances, this::recorder)
              .toCompletionStage()
              .toCompletableFuture()
              .join();
      System.out.println(
          "direct listening on http://127.0.0.1:"
              + actualPort
              + ", event loops: "
              + instances
              + ", native transport: "
              + vertx.isNativeTransportEnabled());
      return 0;
    } catch (RuntimeException failure) {
      System.err.println("direct cannot listen on port " + port + ": " + failure.getMessage());
      vertx.close();
      return 1;
    }
  }

  private Recorder recorder(Vertx vertx) {
    return Recorder.of(record, vertx, database == null ? null : DatabaseUrl.parse(database));
  }

  /** Starts the baseline on the given number of event loops and answers its port. */
  static Future<Integer> start(
      Vertx vertx,
      int port,
      int upstreamPort,
      int eventLoops,
      Function<Vertx, Recorder> recorders) {
    AtomicInteger actualPort = new AtomicInteger();
    // a negative port is Vert.x' way to say: any port, but the same one for all instances
    int requestedPort = port == 0 ? -1 : port;
    return vertx
        .deployVerticle(
            () -> new DirectVerticle(requestedPort, upstreamPort, actualPort, recorders),
            new DeploymentOptions().setInstances(eventLoops))
        .map(deployment -> actualPort.get());
  }
}
