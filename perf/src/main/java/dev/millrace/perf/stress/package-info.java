/**
 * Load that is judged: has Millrace and what it needs started ({@link
 * dev.millrace.perf.process.Bench}), lets a Gatling simulation (module {@code perf/gatling},
 * another process) loose on it and compares what came out with what the same run measured before.
 * Run by {@code perf/load}.
 */
package dev.millrace.perf.stress;
