package dev.millrace.perf.gatling;

import static io.gatling.javaapi.core.CoreDsl.constantConcurrentUsers;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;

/**
 * Executions that are recorded, {@code load.users} at once, half of them {@code Durable} with an
 * effect and half {@code Buffered}, while others read the history that grows.
 */
public final class DatabaseSimulation extends LoadSimulation {
  private static final int READS_PER_SECOND = 5;

  /** Describes the load. */
  public DatabaseSimulation() {
    int each = Math.max(1, Stage.number("load.users") / 2);
    setUp(
            execute("chain3-durable")
                .injectClosed(constantConcurrentUsers(each).during(stage.whole())),
            execute("chain3-buffered")
                .injectClosed(constantConcurrentUsers(each).during(stage.whole())),
            read("history", "/api/v1/workflows/chain3-durable/executions?take=50")
                .injectOpen(constantUsersPerSec(READS_PER_SECOND).during(stage.whole())))
        .protocols(protocol())
        .maxDuration(stage.whole().plusSeconds(30));
  }
}
