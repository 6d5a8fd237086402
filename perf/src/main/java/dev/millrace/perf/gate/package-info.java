/**
 * The regression gate's judgement: {@link dev.millrace.perf.gate.StoredRatios} is what was measured
 * before, {@link dev.millrace.perf.gate.Judgement} compares one of them with the rounds of a run.
 * Knows nothing of how they were measured.
 */
package dev.millrace.perf.gate;
