package dev.millrace.engine.bus;

import dev.millrace.engine.execution.EngineServices;
import dev.millrace.engine.execution.Orchestrator;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.Objects;

/**
 * Runs workflows for callers on the event bus: owns one {@link Orchestrator} on its own event loop.
 * Deployed by the program, as often as there are loops to use.
 */
public final class OrchestratorVerticle extends VerticleBase {
  private final EngineServices services;
  private Orchestrator orchestrator;
  private EngineBus bus;

  /** Makes one that is not deployed yet. */
  public OrchestratorVerticle(EngineServices services) {
    this.services = Objects.requireNonNull(services);
  }

  @Override
  public Future<?> start() {
    orchestrator = services.newOrchestrator(vertx);
    bus = new EngineBus(vertx, orchestrator, services);
    return bus.ready();
  }

  @Override
  public Future<?> stop() {
    return bus.close().onComplete((nothing, failure) -> orchestrator.close());
  }
}
