package dev.millrace.app.faults;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The clock of the fault test: the machine's, which gateways and PostgreSQL go by. Any thread. */
final class EpochMicros {
  private EpochMicros() {}

  static long now() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }
}
