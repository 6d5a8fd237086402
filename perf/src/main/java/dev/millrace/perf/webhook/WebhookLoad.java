package dev.millrace.perf.webhook;

import dev.millrace.engine.validation.DefinitionIndex;
import dev.millrace.operator.OperatorMetrics;
import dev.millrace.operator.certificate.SelfSignedCertificates;
import dev.millrace.operator.certificate.ServingCertificate;
import dev.millrace.operator.webhook.LiveDefinitions;
import dev.millrace.operator.webhook.Reviews;
import dev.millrace.operator.webhook.WebhookOptions;
import dev.millrace.operator.webhook.WebhookServer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Sends reviews to the webhook at a constant rate, over TLS and HTTP/2 as an API server does, and
 * reports how long answers took, counted from when each review was due; runs on the main thread.
 */
@Command(
    name = "webhook",
    mixinStandardHelpOptions = true,
    description = "Measures the admission webhook under a constant rate of reviews.")
public final class WebhookLoad implements Callable<Integer> {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int DIFFERENT = 500;
  private static final String HOST = "127.0.0.1";

  @Option(names = "--rate", defaultValue = "200", description = "Reviews a second.")
  private int rate;

  @Option(names = "--seconds", defaultValue = "30", description = "How long to measure.")
  private int seconds;

  @Option(names = "--warm-up", defaultValue = "20", description = "Seconds before that.")
  private int warmUp;

  @Option(names = "--tasks", defaultValue = "50", description = "Tasks of each workflow.")
  private int tasks;

  @Option(names = "--workflows", defaultValue = "200", description = "Workflows that are there.")
  private int workflows;

  @Spec private CommandSpec spec;

  private WebhookLoad() {}

  /** Runs it and exits. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new WebhookLoad()).execute(arguments));
  }

  /** The command line, for tests. */
  static CommandLine commandLine() {
    return new CommandLine(new WebhookLoad());
  }

  @Override
  public Integer call() throws Exception {
    DefinitionIndex index = new DefinitionIndex();
    ReviewTexts.fill(index, tasks, workflows);
    List<Buffer> reviews = new ArrayList<>();
    for (int i = 0; i < DIFFERENT; i++) {
      reviews.add(ReviewTexts.review(i, tasks));
    }
    ServingCertificate certificate = SelfSignedCertificates.throwaway(List.of(HOST));
    OperatorMetrics metrics = new OperatorMetrics();
    Vertx vertx = Vertx.vertx();
    try {
      WebhookServer server =
          new WebhookServer(
              vertx,
              WebhookOptions.at(HOST, 0),
              certificate,
              new Reviews(index, LiveDefinitions.NONE, metrics),
              () -> true,
              metrics);
      int port = server.listen().await(10, TimeUnit.SECONDS);
      HttpClient client =
          vertx.createHttpClient(
              new HttpClientOptions()
                  .setSsl(true)
                  .setUseAlpn(true)
                  .setProtocolVersion(HttpVersion.HTTP_2)
                  .setHttp2MultiplexingLimit(100)
                  .setTrustOptions(new PemTrustOptions().addCertValue(certificate.authorities())),
              new PoolOptions().setHttp2MaxSize(2));
      send(client, port, reviews, warmUp);
      report(send(client, port, reviews, seconds), reviews.get(0).length());
    } catch (TimeoutException late) {
      spec.commandLine().getErr().println("the webhook does not listen");
      return 1;
    } finally {
      vertx.close().await();
    }
    return 0;
  }

  /** What came back: the times of good answers, and how many were none. */
  private record Run(long[] nanos, int failures) {}

  private Run send(HttpClient client, int port, List<Buffer> reviews, int duration)
      throws InterruptedException {
    int count = rate * duration;
    long[] nanos = new long[count];
    AtomicInteger failures = new AtomicInteger();
    CountDownLatch open = new CountDownLatch(count);
    RequestOptions options =
        new RequestOptions()
            .setHost(HOST)
            .setPort(port)
            .setMethod(HttpMethod.POST)
            .setURI(WebhookServer.PATH);
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      int number = i;
      long due = start + i * TimeUnit.SECONDS.toNanos(1) / rate;
      long wait;
      while ((wait = due - System.nanoTime()) > 0) {
        LockSupport.parkNanos(wait);
      }
      client
          .request(options)
          .compose(request -> request.send(reviews.get(number % reviews.size())))
          .compose(response -> response.body().map(body -> isAllowed(response.statusCode(), body)))
          .onComplete(
              answer -> {
                nanos[number] = System.nanoTime() - due;
                if (answer.failed() || !answer.result()) {
                  failures.incrementAndGet();
                }
                open.countDown();
              });
    }
    if (!open.await(1, TimeUnit.MINUTES)) {
      failures.addAndGet((int) open.getCount());
    }
    return new Run(nanos, failures.get());
  }

  private static boolean isAllowed(int status, Buffer body) {
    return status == 200 && body.toString().contains("\"allowed\":true");
  }

  private void report(Run run, int bytes) {
    Arrays.sort(run.nanos());
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%d reviews a second of workflows with %d tasks (%d bytes each), %d workflows there, %d s%n",
        rate, tasks, bytes, workflows, seconds);
    out.printf(
        "p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, max %.1f ms, not answered well: %d of %d%n",
        at(run, 0.5), at(run, 0.9), at(run, 0.99), at(run, 1), run.failures(), run.nanos().length);
    out.flush();
  }

  private static double at(Run run, double share) {
    int index = (int) Math.ceil(share * run.nanos().length) - 1;
    return run.nanos()[Math.max(0, index)] / NANOS_PER_MILLI;
  }
}
