/**
 * Load at a fixed rate, whether answers come or not: {@link dev.millrace.perf.load.OpenLoop} sends
 * it, {@link dev.millrace.perf.load.LoadGenerator} is a program of its own around it for {@code
 * perf/compare}.
 */
package dev.millrace.perf.load;
