/**
 * Reviews at a constant rate against the operator's webhook: the program behind {@code
 * perf/webhook}.
 */
package dev.millrace.perf.webhook;
