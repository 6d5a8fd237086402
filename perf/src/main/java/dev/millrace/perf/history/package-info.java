/**
 * A large history, and what the API's queries take on it: the programs behind {@code
 * perf/seed-history}.
 */
package dev.millrace.perf.history;
