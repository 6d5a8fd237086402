/**
 * The fault test: callers, an upstream that remembers, gateways and a PostgreSQL as processes that
 * are killed under load, and a verdict over what all of them saw.
 */
package dev.millrace.app.faults;
