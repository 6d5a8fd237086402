package dev.millrace.app.faults;

import static dev.millrace.app.faults.Violation.Rule.EVERY_EXECUTION_ENDS;
import static dev.millrace.app.faults.Violation.Rule.EVERY_EXECUTION_ENDS_ONCE;
import static dev.millrace.app.faults.Violation.Rule.GATEWAYS_KEEP_RUNNING;
import static dev.millrace.app.faults.Violation.Rule.ONLY_THE_DEAD_ARE_TAKEN_OVER;

import dev.millrace.app.faults.Execution.Transition;
import java.util.List;
import java.util.Set;

/** What must be true of the record alone, and of the gateways. Immutable, any thread. */
final class RecordRules {
  private static final Set<String> FINAL =
      Set.of("Succeeded", "Failed", "Cancelled", "TimedOut", "Interrupted");

  private final Deaths deaths;
  private final List<Violation> violations;

  RecordRules(Deaths deaths, List<Violation> violations) {
    this.deaths = deaths;
    this.violations = violations;
  }

  void judge(Execution execution) {
    if (!FINAL.contains(execution.status())) {
      broken(EVERY_EXECUTION_ENDS, execution, "it is " + execution.status());
    } else if (execution.shape().durable() && execution.status().equals("Interrupted")) {
      broken(EVERY_EXECUTION_ENDS, execution, "it is Durable, and was not continued");
    }
    List<Transition> transitions = execution.transitions();
    long ends = transitions.stream().filter(one -> FINAL.contains(one.to())).count();
    boolean left = transitions.stream().anyMatch(one -> FINAL.contains(one.from() + ""));
    if (ends > 1 || left) {
      broken(EVERY_EXECUTION_ENDS_ONCE, execution, "it ended " + ends + " times: " + transitions);
    }
    for (int i = 1; i < transitions.size(); i++) {
      Transition takeover = transitions.get(i);
      if (takeover.isTakeover() && !deaths.explain(takeover, transitions.get(i - 1).at())) {
        broken(ONLY_THE_DEAD_ARE_TAKEN_OVER, execution, "its owner was alive: " + takeover);
      }
    }
  }

  void judge(Incident incident) {
    if (incident instanceof Incident.ErrorLogged error
        && !deaths.databaseWasAway(error.at(), Deaths.CATCHING_UP)) {
      violations.add(new Violation(GATEWAYS_KEEP_RUNNING, "", error.toString()));
    } else if (incident instanceof Incident.LeaseLost lost && deaths.lostToTheDatabase(lost)) {
      violations.add(
          new Violation(ONLY_THE_DEAD_ARE_TAKEN_OVER, "", "lost to the database: " + lost));
    } else if (incident instanceof Incident.GatewayDied died
        && !died.killed()
        && !deaths.databaseWasAway(died.to(), Deaths.STARTING)) {
      violations.add(new Violation(GATEWAYS_KEEP_RUNNING, "", "ended by itself: " + died));
    }
  }

  private void broken(Violation.Rule rule, Execution execution, String what) {
    violations.add(new Violation(rule, execution.order(), what));
  }
}
