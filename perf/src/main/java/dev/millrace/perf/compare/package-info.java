/**
 * {@code perf/compare}: runs Millrace and the direct baseline against the same upstream under wrk,
 * in turns, and prints what the engine costs. {@link dev.millrace.perf.compare.Compare} is the way
 * in; everything here runs on its main thread.
 */
package dev.millrace.perf.compare;
