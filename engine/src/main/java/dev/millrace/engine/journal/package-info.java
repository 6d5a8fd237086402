/** The record of executions: facts in, history out. */
package dev.millrace.engine.journal;
