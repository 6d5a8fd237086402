package dev.millrace.app.faults;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * All that is known after a run: what the upstream saw, what callers were told, what is on record,
 * and what was done to the processes.
 */
record Evidence(
    List<Call> calls,
    List<Answer> answers,
    Map<String, Execution> executions,
    List<Incident> incidents) {
  Evidence {
    calls = List.copyOf(calls);
    answers = List.copyOf(answers);
    executions = Map.copyOf(executions);
    incidents = List.copyOf(incidents);
  }

  private record Line(long at, String text) {}

  /** Everything about one order, in the order of time, for who must find out what went wrong. */
  String timeline(String order) {
    List<Line> lines = new ArrayList<>();
    for (Call call : calls) {
      if (call.order().equals(order)) {
        String name = call.service() + " of " + call.key() + " after " + call.presented();
        lines.add(new Line(call.at(), "upstream: called " + name));
        lines.add(
            new Line(
                call.answeredAt(),
                "upstream: answered "
                    + call.service()
                    + " "
                    + call.status()
                    + " "
                    + call.receipt()));
        lines.add(new Line(call.closedAt(), "upstream: connection ended of " + call.service()));
      }
    }
    for (Answer answer : answers) {
      if (answer.order().equals(order)) {
        lines.add(new Line(answer.sentAt(), "caller: asked gateway " + answer.gateway()));
        lines.add(new Line(answer.at(), "caller: " + answer));
      }
    }
    for (Execution execution : executions.values()) {
      if (execution.order().equals(order)) {
        execution.transitions().forEach(one -> lines.add(new Line(one.at(), "record: " + one)));
        lines.add(
            new Line(
                execution.endedAt(),
                "record: ended " + execution.status() + ", tasks " + execution.tasks()));
      }
    }
    for (Incident incident : incidents) {
      lines.add(new Line(at(incident), "fault: " + incident));
    }
    lines.removeIf(line -> line.at() == 0);
    lines.sort(Comparator.comparingLong(Line::at));
    StringBuilder text = new StringBuilder("order " + order + "\n");
    for (Line line : lines) {
      Instant at = Instant.EPOCH.plus(line.at(), ChronoUnit.MICROS);
      text.append("  ").append(at).append(' ').append(line.text()).append('\n');
    }
    return text.toString();
  }

  private static long at(Incident incident) {
    if (incident instanceof Incident.GatewayDied died) {
      return died.from();
    }
    if (incident instanceof Incident.GatewayFroze froze) {
      return froze.from();
    }
    if (incident instanceof Incident.LeaseLost lost) {
      return lost.at();
    }
    if (incident instanceof Incident.DatabaseAway away) {
      return away.from();
    }
    return ((Incident.ErrorLogged) incident).at();
  }
}
