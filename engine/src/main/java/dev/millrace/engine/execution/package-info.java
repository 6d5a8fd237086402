/** Running plans: the pure state of an execution and the orchestrator around it. */
package dev.millrace.engine.execution;
