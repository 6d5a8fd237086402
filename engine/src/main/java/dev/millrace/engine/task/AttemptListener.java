package dev.millrace.engine.task;

/** Hears of every ended attempt; called on the event loop of the call, must not block. */
@FunctionalInterface
public interface AttemptListener {
  /** Hears nothing. */
  AttemptListener NONE = (task, attempt) -> {};

  /** One attempt of a task's call ended. */
  void attemptEnded(CompiledTask task, Attempt attempt);
}
