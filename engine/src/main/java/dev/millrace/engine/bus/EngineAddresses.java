package dev.millrace.engine.bus;

/** The event bus addresses that the engine listens and publishes at. */
public final class EngineAddresses {
  /** Runs a workflow; see docs/concepts.md for the shapes. */
  public static final String EXECUTE = "millrace.workflows.execute";

  /** Plans a workflow without calling anything. */
  public static final String TEST = "millrace.workflows.test";

  /** What happens in executions, published. */
  public static final String EVENTS = "millrace.executions.events";

  private EngineAddresses() {}
}
