package dev.millrace.engine.execution;

import java.time.Instant;

/**
 * Where the orchestrator takes its time from; tests bring their own. Called on any event loop, must
 * not block.
 */
interface EngineClock {
  /** The machine's clocks. */
  EngineClock SYSTEM =
      new EngineClock() {
        @Override
        public long epochMicros() {
          Instant now = Instant.now();
          return now.getEpochSecond() * 1_000_000L + now.getNano() / 1_000L;
        }

        @Override
        public long nanos() {
          return System.nanoTime();
        }
      };

  /** The time of day, in epoch microseconds. */
  long epochMicros();

  /** The monotonic clock, as {@link System#nanoTime()}. */
  long nanos();
}
