package dev.millrace.perf.upstream;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The upstream of all measured shapes as a program: parses its arguments and serves until it is
 * ended. Owned by {@code perf/compare} (or by tests, through {@link #start}); its main thread only
 * starts the event loops.
 */
@Command(
    name = "upstream",
    mixinStandardHelpOptions = true,
    description = "Serves the calls of the measured shapes on 127.0.0.1.")
public final class PerfUpstream implements Callable<Integer> {

  @Option(names = "--port", description = "0 picks a free one; it is printed", defaultValue = "0")
  private int port;

  @Option(
      names = "--latency",
      description = "milliseconds that every answer waits",
      defaultValue = "0")
  private long latencyMillis;

  @Option(names = "--event-loops", description = "default: ${DEFAULT-VALUE}", defaultValue = "1")
  private int eventLoops;

  /** Runs the program; it ends with the process. */
  public static void main(String[] arguments) {
    int exitCode = new CommandLine(new PerfUpstream()).execute(arguments);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  @Override
  public Integer call() {
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(eventLoops));
    try {
      int actualPort =
          start(vertx, port, Duration.ofMillis(latencyMillis), eventLoops)
              .toCompletionStage()
              .toCompletableFuture()
              .join();
      System.out.println("upstream listening on http://127.0.0.1:" + actualPort);
      return 0;
    } catch (RuntimeException failure) {
      System.err.println("upstream cannot listen on port " + port + ": " + failure.getMessage());
      vertx.close();
      return 1;
    }
  }

  /** Starts the upstream on the given number of event loops and answers its port. */
  public static Future<Integer> start(Vertx vertx, int port, Duration latency, int eventLoops) {
    RequestCounts counts = new RequestCounts();
    AtomicInteger actualPort = new AtomicInteger();
    // a negative port is Vert.x' way to say: any port, but the same one for all instances
    int requestedPort = port == 0 ? -1 : port;
    return vertx
        .deployVerticle(
            () -> new UpstreamVerticle(requestedPort, latency, counts, actualPort),
            new DeploymentOptions().setInstances(eventLoops))
        .map(deployment -> actualPort.get());
  }
}
