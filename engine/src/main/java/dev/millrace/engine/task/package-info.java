/** One HTTP task: request building, attempts, retries, circuit breaker, bulkhead. */
package dev.millrace.engine.task;
