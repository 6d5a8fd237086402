package dev.millrace.perf.gatling;

/**
 * {@code load.rate} executions a second of {@code load.users} callers with a connection each, as
 * services are that pool their connections: more than the server can do, or less, to see that it
 * has recovered.
 */
public final class CallersSimulation extends LoadSimulation {

  /** Describes the load. */
  public CallersSimulation() {
    String workflow = Stage.text("load.workflow");
    setUp(callers(workflow, execution(workflow)))
        .protocols(protocol())
        .maxDuration(stage.whole().plusSeconds(30));
  }
}
