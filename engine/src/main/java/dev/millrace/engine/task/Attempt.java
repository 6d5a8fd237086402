package dev.millrace.engine.task;

/**
 * One attempt of a task's call.
 *
 * @param number counted from one
 * @param startedAtNanos on the monotonic clock
 * @param status the HTTP status, 0 where none came
 */
public record Attempt(
    int number, long startedAtNanos, long durationNanos, AttemptOutcome outcome, int status) {}
