package dev.millrace.perf.stress;

import dev.millrace.perf.process.Bench;
import dev.millrace.perf.process.Server;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Three times as many executions as the gateway can do. Owned by {@link LoadTest}, used on the main
 * thread.
 */
final class Overload {
  private static final int LATENCY_MILLIS = 50;

  private final Bench bench;
  private final GatlingRun gatling;
  private final Options options;

  Overload(Bench bench, GatlingRun gatling, Options options) {
    this.bench = bench;
    this.gatling = gatling;
    this.options = options;
  }

  Judgement run() throws Exception {
    return switch (options.bound()) {
      case ADMISSION -> boundByAdmission();
      case PROCESSOR -> boundByProcessor();
    };
  }

  /** As many callers as are let in measure the peak: one more would be refused. */
  private Judgement boundByAdmission() throws Exception {
    Server gateway = gateway(bench.upstream(LATENCY_MILLIS), Map.of());
    return stress(gateway, "chain3", "OverloadSimulation");
  }

  /**
   * The gateway has one event loop and a processor for it, the generator has the others. Callers
   * are bound here: thousands of new connections would cost the generator more than it has.
   */
  private Judgement boundByProcessor() throws Exception {
    Server gateway = gateway(bench.upstream(0), Map.of("MILLRACE_EVENT_LOOPS", "1"));
    return stress(gateway, "many-lines", "CallersSimulation");
  }

  private Server gateway(Server upstream, Map<String, String> more) throws InterruptedException {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("MILLRACE_DATABASE_URL", bench.database().url());
    settings.put("MILLRACE_MAX_IN_FLIGHT", Integer.toString(options.users()));
    return bench.gateway(
        "millrace", LoadDefinitions.write(bench, upstream), List.of("-Xmx512m"), settings);
  }

  private Judgement stress(Server gateway, String workflow, String overload) throws Exception {
    return new Stress(gatling, options, gateway, workflow, "CapacitySimulation", overload, true)
        .run(Map.of("load.workflow", workflow));
  }
}
