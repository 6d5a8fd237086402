package dev.millrace.app.faults;

/** A fault that really happened, and when. Times are {@link EpochMicros}. */
sealed interface Incident {
  /** A gateway's process was killed, or ended by itself. */
  record GatewayDied(int gateway, boolean killed, long from, long to) implements Incident {}

  /** A gateway's process stood still. */
  record GatewayFroze(int gateway, long from, long to) implements Incident {}

  /** A gateway logged that another one has taken over what it ran under a lease. */
  record LeaseLost(int gateway, String owner, long at) implements Incident {}

  /** PostgreSQL did not answer. */
  record DatabaseAway(Fault.Stop how, long from, long to) implements Incident {}

  /** A gateway logged an error. */
  record ErrorLogged(int gateway, long at, String line) implements Incident {}
}
