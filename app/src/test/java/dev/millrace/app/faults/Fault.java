package dev.millrace.app.faults;

import java.time.Duration;

/** Something that is done to a process while the load goes on. */
sealed interface Fault {
  /** SIGKILL to a gateway, which starts again at once. */
  record KillGateway(int gateway) implements Fault {}

  /** SIGTERM to a gateway, as in a rolling update; it starts again when it has ended. */
  record StopGateway(int gateway) implements Fault {}

  /** SIGKILL to all gateways, so that nobody is left to take over. */
  record KillAllGateways() implements Fault {}

  /** SIGSTOP to a gateway, and SIGCONT after a time in which its lease runs out. */
  record FreezeGateway(int gateway, Duration length) implements Fault {}

  /** Stops PostgreSQL and starts it again after a while. */
  record RestartDatabase(Stop how, Duration away) implements Fault {}

  /** How PostgreSQL ends: by its fast or its immediate shutdown, or by SIGKILL. */
  enum Stop {
    FAST("INT"),
    IMMEDIATE("QUIT"),
    KILL("KILL");

    private final String signal;

    Stop(String signal) {
      this.signal = signal;
    }

    String signal() {
      return signal;
    }
  }
}
