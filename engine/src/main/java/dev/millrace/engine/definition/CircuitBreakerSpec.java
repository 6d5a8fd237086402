package dev.millrace.engine.definition;

import java.time.Duration;

/**
 * When a task stops calling a failing service.
 *
 * @param failureThreshold failures within {@code window} that open the circuit
 * @param openFor how long it stays open before one call may try again
 */
public record CircuitBreakerSpec(int failureThreshold, Duration window, Duration openFor) {}
