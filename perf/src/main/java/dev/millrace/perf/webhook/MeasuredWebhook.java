package dev.millrace.perf.webhook;

import dev.millrace.perf.process.Bench;
import dev.millrace.perf.process.JavaCommand;
import dev.millrace.perf.process.Program;
import dev.millrace.perf.process.Server;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Starts the operator's webhook as a process of its own; stateless, on the main thread. */
public final class MeasuredWebhook {

  /** Of its JVM, as in the chart. */
  public static final String CHART_FLAGS = "-XX:+UseSerialGC -Xss512k -Xmx230m";

  private MeasuredWebhook() {}

  /** Starts it and waits until it listens, on a port that it chose. */
  public static Server start(Bench bench, String flags) throws InterruptedException {
    List<String> all = new ArrayList<>(Arrays.asList(flags.trim().split("\\s+", -1)));
    all.addAll(JavaCommand.OWN_LOGGING);
    List<String> command = JavaCommand.of(all, List.of(WebhookProcess.class.getName()));
    Program program =
        bench.own(Program.start("webhook", bench.measured(command), Map.of(), bench.work()));
    String port = program.awaitLine(WebhookProcess.READY);
    return new Server(program, URI.create("https://127.0.0.1:" + port));
  }
}
