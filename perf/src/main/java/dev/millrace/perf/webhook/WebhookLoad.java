package dev.millrace.perf.webhook;

import dev.millrace.perf.load.LoadReport;
import dev.millrace.perf.load.OpenLoop;
import dev.millrace.perf.process.Bench;
import dev.millrace.perf.process.ProcessorTime;
import dev.millrace.perf.process.Processors;
import dev.millrace.perf.process.Program;
import dev.millrace.perf.process.Server;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Measures the admission webhook: starts it as a process of its own and sends reviews at a fixed
 * rate. Started by {@code perf/webhook}; its main thread waits for the event loop.
 */
@Command(
    name = "perf/webhook",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Sends reviews of workflows with 50 tasks to the operator's webhook, over TLS and HTTP/2, at a"
          + " fixed rate, and prints how long answers took from when their review was due.",
      ""
    })
public final class WebhookLoad implements Callable<Integer> {
  private static final int START_SECONDS = 60;
  private static final int CONNECTIONS = 10;
  private static final int MOST_IN_FLIGHT = 100_000;
  private static final String ALLOWED = "\"allowed\":true";
  private static final String ROW = "%8s %8s %9s %9s %7s %8s %8s %8s %10s %7s%n";

  @Option(
      names = "--rate",
      defaultValue = "200",
      description = "reviews a second; default: ${DEFAULT-VALUE}")
  private int rate;

  @Option(
      names = "--seconds",
      defaultValue = "30",
      description = "to measure; default: ${DEFAULT-VALUE}")
  private int seconds;

  @Option(
      names = "--warm-up",
      defaultValue = "30",
      description = "seconds before, at the same rate; default: ${DEFAULT-VALUE}")
  private int warmUp;

  @Option(
      names = "--overload",
      defaultValue = "1000",
      description = "reviews a second afterwards, for 10 s; 0 for none; default: ${DEFAULT-VALUE}")
  private int overload;

  @Option(
      names = "--jvm-flags",
      defaultValue = MeasuredWebhook.CHART_FLAGS,
      description = "of the webhook; default, as in the chart: ${DEFAULT-VALUE}")
  private String flags;

  @Option(names = "--json", description = "writes the figures to a file, too")
  private Path json;

  @Option(names = "--work", hidden = true, required = true)
  private Path work;

  /** What one phase cost. */
  private record Phase(String name, LoadReport report, double cpuSeconds, double othersShare) {}

  /** Exit codes: 0 done, 1 something failed or was judged wrongly, 2 wrong arguments. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new WebhookLoad()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
    try (Bench bench = new Bench(work, Processors.SHARED)) {
      List<Phase> phases = measure(vertx, MeasuredWebhook.start(bench, flags));
      print(phases);
      if (json != null) {
        Files.writeString(json, json(phases));
      }
      boolean clean =
          phases.stream()
              .map(Phase::report)
              .allMatch(
                  report -> report.failed() == 0 && report.wrong() == 0 && report.unsent() == 0);
      return clean ? 0 : 1;
    } finally {
      await(vertx.close());
    }
  }

  private List<Phase> measure(Vertx vertx, Server webhook) throws Exception {
    HttpClient client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setProtocolVersion(HttpVersion.HTTP_2),
            new PoolOptions().setHttp2MaxSize(CONNECTIONS).setMaxWaitQueueSize(MOST_IN_FLIGHT));
    RequestOptions request =
        new RequestOptions()
            .setHost("127.0.0.1")
            .setPort(webhook.port())
            .setURI("/admission/validate")
            .putHeader("content-type", "application/json")
            .setTimeout(TimeUnit.SECONDS.toMillis(10));
    List<Buffer> bodies = MeasuredReviews.bodies();
    System.out.printf(
        "%,d workflows of %d tasks are known; a review has %,d bytes on average%n",
        MeasuredReviews.WORKFLOWS,
        MeasuredReviews.TASKS,
        bodies.stream().mapToInt(Buffer::length).sum() / bodies.size());
    List<Phase> phases = new ArrayList<>();
    if (warmUp > 0) {
      phases.add(phase("warm-up", vertx, client, request, bodies, webhook.program(), rate, warmUp));
    }
    phases.add(phase("measured", vertx, client, request, bodies, webhook.program(), rate, seconds));
    if (overload > 0) {
      phases.add(
          phase("overload", vertx, client, request, bodies, webhook.program(), overload, 10));
      phases.add(phase("after", vertx, client, request, bodies, webhook.program(), rate, 2));
    }
    return phases;
  }

  private static Phase phase(
      String name,
      Vertx vertx,
      HttpClient client,
      RequestOptions request,
      List<Buffer> bodies,
      Program program,
      int rate,
      int seconds)
      throws Exception {
    double before = program.cpuSeconds();
    double ownBefore = ProcessorTime.ofSelf().own();
    ProcessorTime.Machine machineBefore = ProcessorTime.ofMachine();
    LoadReport report =
        await(
            new OpenLoop(
                    vertx,
                    client,
                    request,
                    bodies,
                    answer -> answer.toString().contains(ALLOWED),
                    rate,
                    Duration.ofSeconds(seconds),
                    MOST_IN_FLIGHT)
                .run());
    double cpu = program.cpuSeconds() - before;
    double own = ProcessorTime.ofSelf().own() - ownBefore;
    double busy = ProcessorTime.ofMachine().minus(machineBefore).busy();
    double available = report.seconds() * Runtime.getRuntime().availableProcessors();
    return new Phase(name, report, cpu, Math.max(0, busy - cpu - own) / available);
  }

  private static void print(List<Phase> phases) {
    System.out.printf(
        ROW,
        "",
        "rate/s",
        "answered",
        "refused",
        "failed",
        "p50 ms",
        "p99 ms",
        "max ms",
        "CPU ms each",
        "others");
    for (Phase phase : phases) {
      LoadReport report = phase.report();
      System.out.printf(
          ROW,
          phase.name(),
          report.rate(),
          report.answered().count(),
          report.refused().count(),
          report.failed(),
          text(report.answered().p50()),
          text(report.answered().p99()),
          text(report.answered().longest()),
          text(1_000 * phase.cpuSeconds() / Math.max(1, report.answered().count())),
          Math.round(100 * phase.othersShare()) + " %");
      if (report.refused().count() > 0) {
        System.out.printf(
            "         refusals took p50 %s ms, p99 %s ms, at most %s ms%n",
            text(report.refused().p50()),
            text(report.refused().p99()),
            text(report.refused().longest()));
      }
    }
    System.out.printf(
        "others: what other programs used of the machine; the generator was late by at most %s ms%n",
        text(
            phases.stream().mapToDouble(phase -> phase.report().late().longest()).max().orElse(0)));
  }

  private static String text(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }

  private static String json(List<Phase> phases) {
    JsonMapper mapper = JsonMapper.shared();
    ObjectNode report = mapper.createObjectNode();
    for (Phase phase : phases) {
      ObjectNode node = report.putObject(phase.name());
      node.put("cpuSeconds", phase.cpuSeconds());
      node.put("othersShare", phase.othersShare());
      node.setAll((ObjectNode) mapper.valueToTree(phase.report()));
    }
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n";
  }

  private static <T> T await(Future<T> future) throws TimeoutException {
    return future.await(10 * START_SECONDS, TimeUnit.SECONDS);
  }
}
