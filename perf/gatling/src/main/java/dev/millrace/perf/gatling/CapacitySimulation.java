package dev.millrace.perf.gatling;

import static io.gatling.javaapi.core.CoreDsl.constantConcurrentUsers;

/** {@code load.users} at once, each beginning anew when it was answered: what the server can do. */
public final class CapacitySimulation extends LoadSimulation {

  /** Describes the load. */
  public CapacitySimulation() {
    setUp(
            execute(Stage.text("load.workflow"))
                .injectClosed(
                    constantConcurrentUsers(Stage.number("load.users")).during(stage.whole())))
        .protocols(protocol())
        .maxDuration(stage.whole().plusSeconds(30));
  }
}
