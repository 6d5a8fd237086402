package dev.millrace.app.faults;

import dev.millrace.app.faults.Execution.Transition;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which owner was which gateway, and when each could lose what it ran. Immutable, any thread. */
final class Deaths {
  /** What the clocks of two processes on one machine may differ in. */
  static final long CLOCKS = 2_000L;

  /** What clocks, event loops and sockets may be late on a busy machine. */
  static final long SLACK = 500_000L;

  /** How long facts may wait in memory while nothing is wrong. */
  private static final long UNFLUSHED = 1_000_000L;

  /** Until a journal whose database was away has sent what it held. */
  static final long CATCHING_UP = 3_000_000L;

  /** How long a gateway that found no database takes to give up its start. */
  static final long STARTING = 15_000_000L;

  /** Until every gateway has renewed its lease after the database came back. */
  private static final long RENEWED = 1_500_000L;

  /** Until a gateway that stood still has learned that it lost its lease. */
  private static final long FREEZE_IS_FELT = 10_000_000L;

  private final List<Incident> incidents;
  private final Map<String, Integer> gatewayOfOwner = new HashMap<>();

  Deaths(Evidence evidence) {
    this.incidents = evidence.incidents();
    Map<String, Integer> gatewayOfOrder = new HashMap<>();
    evidence.answers().forEach(one -> gatewayOfOrder.put(one.order(), one.gateway()));
    for (Execution execution : evidence.executions().values()) {
      Integer gateway = gatewayOfOrder.get(execution.order());
      if (gateway != null && !execution.transitions().isEmpty()) {
        gatewayOfOwner.put(execution.transitions().get(0).owner(), gateway);
      }
    }
  }

  /** Whether the former owner died, or lost its lease, between a time and its being replaced. */
  boolean explain(Transition takeover, long since) {
    Integer gateway = gatewayOfOwner.get(takeover.formerOwner());
    return incidents.stream()
        .anyMatch(
            incident ->
                (incident instanceof Incident.GatewayDied died
                        && (gateway == null || gateway == died.gateway())
                        && died.to() >= since - SLACK
                        && died.from() <= takeover.at())
                    || stoodStill(incident, takeover, since));
  }

  /** Whether the gateway that an owner was may have gone on calling without its lease. */
  boolean lostLease(Transition takeover, long since) {
    return incidents.stream().anyMatch(incident -> stoodStill(incident, takeover, since));
  }

  /** When the former owner had learned of its being replaced; 0 when it was simply dead. */
  long learned(Transition takeover, long since) {
    return incidents.stream()
        .filter(incident -> stoodStill(incident, takeover, since))
        .mapToLong(
            incident ->
                incident instanceof Incident.GatewayFroze froze
                    ? froze.to()
                    : ((Incident.LeaseLost) incident).at())
        .max()
        .orElse(0);
  }

  private boolean stoodStill(Incident incident, Transition takeover, long since) {
    if (incident instanceof Incident.GatewayFroze froze) {
      Integer gateway = gatewayOfOwner.get(takeover.formerOwner());
      return (gateway == null || gateway == froze.gateway())
          && froze.to() >= since - SLACK
          && froze.from() <= takeover.at();
    }
    // Whenever that was: what it began before may be committed after.
    return incident instanceof Incident.LeaseLost lost
        && lost.owner().equals(takeover.formerOwner());
  }

  /**
   * Whether a gateway that lived, and did not stand still, lost its lease for want of a database.
   */
  boolean lostToTheDatabase(Incident.LeaseLost lost) {
    boolean froze =
        incidents.stream()
            .anyMatch(
                incident ->
                    incident instanceof Incident.GatewayFroze still
                        && still.gateway() == lost.gateway()
                        && still.from() <= lost.at()
                        && lost.at() <= still.to() + FREEZE_IS_FELT);
    return !froze
        && incidents.stream()
            .anyMatch(
                incident ->
                    incident instanceof Incident.DatabaseAway away
                        && away.from() <= lost.at()
                        && lost.at() <= away.to() + RENEWED);
  }

  /** Whether what a gateway had not sent to the journal at a time can be lost. */
  boolean mayLoseWhatWasUnflushed(int gateway, long at) {
    return incidents.stream()
        .anyMatch(
            incident ->
                (incident instanceof Incident.GatewayDied died
                        && died.gateway() == gateway
                        && loses(died.from(), died.to(), at))
                    || (incident instanceof Incident.GatewayFroze froze
                        && froze.gateway() == gateway
                        && loses(froze.from(), froze.to(), at))
                    || (incident instanceof Incident.LeaseLost lost
                        && lost.gateway() == gateway
                        && loses(lost.at(), lost.at(), at)));
  }

  private boolean loses(long from, long to, long at) {
    long since = from;
    for (Incident.DatabaseAway away : latestFirst()) {
      if (away.from() < since && since <= away.to() + CATCHING_UP) {
        since = away.from();
      }
    }
    return since - UNFLUSHED <= at && at <= to + SLACK;
  }

  private List<Incident.DatabaseAway> latestFirst() {
    return incidents.stream()
        .filter(Incident.DatabaseAway.class::isInstance)
        .map(Incident.DatabaseAway.class::cast)
        .sorted(Comparator.comparingLong(Incident.DatabaseAway::from).reversed())
        .toList();
  }

  /** Whether a gateway could not start, or not go on, for want of a database. */
  boolean databaseWasAway(long at, long afterwards) {
    return incidents.stream()
        .anyMatch(
            incident ->
                incident instanceof Incident.DatabaseAway away
                    && away.from() - SLACK <= at
                    && at <= away.to() + afterwards);
  }
}
