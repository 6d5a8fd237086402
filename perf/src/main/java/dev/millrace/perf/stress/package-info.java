/**
 * Load that is judged: starts Millrace and what it needs, lets a Gatling simulation (module {@code
 * perf/gatling}, another process) loose on it and compares what came out with what the same run
 * measured before. Run by {@code perf/load}.
 */
package dev.millrace.perf.stress;
