package dev.millrace.engine.definition;

/** How many calls of a task a gateway has in flight, and how many more may wait. */
public record BulkheadSpec(int maxConcurrent, int maxQueued) {}
