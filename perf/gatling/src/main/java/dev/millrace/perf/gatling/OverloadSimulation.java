package dev.millrace.perf.gatling;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;

/**
 * {@code load.rate} executions a second, whether those before were answered or not: more than the
 * server can do, or less, to see that it has recovered.
 */
public final class OverloadSimulation extends LoadSimulation {

  /** Describes the load. */
  public OverloadSimulation() {
    setUp(
            execute(Stage.text("load.workflow"))
                .injectOpen(constantUsersPerSec(Stage.number("load.rate")).during(stage.whole())))
        .protocols(protocol())
        .maxDuration(stage.whole().plusSeconds(30));
  }
}
