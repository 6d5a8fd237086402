package dev.millrace.perf.gatling;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;

import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;

/**
 * The everyday mix at {@code load.rate} requests a second for as long as is wanted: executions that
 * keep a record and some that keep none, wrong inputs, unknown workflows, dry runs and the history.
 */
public final class SoakSimulation extends LoadSimulation {
  private static final double MEASURED = 0.2;
  private static final double OTHERS = 0.025;

  /** Describes the load. */
  public SoakSimulation() {
    setUp(
            share(execute("single"), MEASURED),
            share(execute("single-buffered"), MEASURED),
            share(execute("chain3-durable"), MEASURED),
            share(execute("chain3-buffered"), MEASURED),
            share(execute("fan10"), OTHERS),
            share(execute("fan10-buffered"), OTHERS),
            share(post("wrong input", "/api/v1/workflows/single/execute", "{}", 422), OTHERS),
            share(post("unknown", "/api/v1/workflows/nobody/execute", "{}", 404), OTHERS),
            share(post("dry run", "/api/v1/workflows/single/test", user(), 200), OTHERS),
            share(read("list", "/api/v1/workflows"), OTHERS),
            share(read("history", "/api/v1/workflows/chain3-durable/executions?take=10"), OTHERS),
            share(read("metrics", "/metrics"), OTHERS))
        .protocols(protocol())
        .maxDuration(stage.whole().plusSeconds(60));
  }

  private PopulationBuilder share(ScenarioBuilder scenario, double share) {
    return scenario.injectOpen(
        constantUsersPerSec(Stage.number("load.rate") * share).during(stage.whole()));
  }
}
