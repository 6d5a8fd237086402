/** JMH benchmarks of the engine's parts, run by {@code perf/jmh}. */
package dev.millrace.perf.benchmark;
