package dev.millrace.gateway;

import dev.millrace.engine.execution.EngineServices;
import dev.millrace.engine.execution.ExecutionControl;
import dev.millrace.engine.journal.DefinitionLog;
import dev.millrace.engine.journal.History;
import dev.millrace.gateway.metrics.GatewayMetrics;
import java.util.Objects;

/** The parts that all gateway verticles of a process share; made by the program, any thread. */
public record GatewayServices(
    EngineServices engine,
    History history,
    ExecutionControl control,
    GatewayMetrics metrics,
    Readiness readiness,
    DefinitionLog definitions) {
  public GatewayServices {
    Objects.requireNonNull(engine);
    Objects.requireNonNull(history);
    Objects.requireNonNull(control);
    Objects.requireNonNull(metrics);
    Objects.requireNonNull(readiness);
    Objects.requireNonNull(definitions);
  }
}
