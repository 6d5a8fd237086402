/**
 * What grows and what does not: the cost of an execution by the number of workflows and of tasks,
 * and the time until a gateway is ready. Run by {@code perf/scale}.
 */
package dev.millrace.perf.scale;
