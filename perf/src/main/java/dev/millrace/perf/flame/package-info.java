/** Flame graphs of the engine under load, run by {@code perf/flame}. */
package dev.millrace.perf.flame;
