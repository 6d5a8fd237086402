/** The services that every measured shape calls, as one fast local HTTP server. */
package dev.millrace.perf.upstream;
