/**
 * What Prometheus reads: of the engine, of HTTP and of the JVM, with a bounded number of series.
 */
package dev.millrace.gateway.metrics;
