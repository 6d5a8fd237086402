/**
 * One HTTP task: {@link dev.millrace.engine.task.CompiledTask} builds the request, {@link
 * dev.millrace.engine.task.HttpTaskRunner} makes the attempts, {@link
 * dev.millrace.engine.task.TaskGuards} keeps breakers and bulkheads.
 */
package dev.millrace.engine.task;
