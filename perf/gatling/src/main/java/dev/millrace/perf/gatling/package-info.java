/**
 * Gatling simulations, run as a process of their own by {@code perf/load}, which starts what they
 * talk to and judges what they note: they know of Millrace only what is said over HTTP.
 */
package dev.millrace.perf.gatling;
