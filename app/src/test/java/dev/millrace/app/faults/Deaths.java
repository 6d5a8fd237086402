package dev.millrace.app.faults;

import dev.millrace.app.faults.Execution.Transition;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which owner was which gateway, and when each could lose what it ran. Immutable, any thread. */
final class Deaths {
  /** What clocks, event loops and sockets may be late on a busy machine. */
  static final long SLACK = 500_000L;

  /** How long facts may wait in memory while nothing is wrong. */
  private static final long UNFLUSHED = 1_000_000L;

  /** Until a journal whose database was away has sent what it held. */
  private static final long CATCHING_UP = 3_000_000L;

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
                incident instanceof Incident.GatewayDied died
                        && (gateway == null || gateway == died.gateway())
                        && died.to() >= since - SLACK
                        && died.from() <= takeover.at()
                    || stoodStill(incident, gateway, since, takeover.at()));
  }

  /** Whether the gateway that an owner was may have gone on calling without its lease. */
  boolean lostLease(Transition takeover, long since) {
    Integer gateway = gatewayOfOwner.get(takeover.formerOwner());
    return incidents.stream()
        .anyMatch(incident -> stoodStill(incident, gateway, since, takeover.at()));
  }

  private static boolean stoodStill(Incident incident, Integer gateway, long since, long until) {
    if (incident instanceof Incident.GatewayFroze froze) {
      return (gateway == null || gateway == froze.gateway())
          && froze.to() >= since - SLACK
          && froze.from() <= until;
    }
    // It learns of it only after the other took over.
    return incident instanceof Incident.LeaseLost lost
        && (gateway == null || gateway == lost.gateway())
        && lost.at() >= since - SLACK;
  }

  /** Whether what a gateway had not sent to the journal at a time can be lost. */
  boolean mayLoseWhatWasUnflushed(int gateway, long at) {
    return incidents.stream()
        .anyMatch(
            incident ->
                incident instanceof Incident.GatewayDied died
                        && died.gateway() == gateway
                        && loses(died.from(), died.to(), at)
                    || incident instanceof Incident.GatewayFroze froze
                        && froze.gateway() == gateway
                        && loses(froze.from(), froze.to(), at));
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
  boolean databaseWasAway(long at) {
    return incidents.stream()
        .anyMatch(
            incident ->
                incident instanceof Incident.DatabaseAway away
                    && away.from() - SLACK <= at
                    && at <= away.to() + 15_000_000L);
  }
}
