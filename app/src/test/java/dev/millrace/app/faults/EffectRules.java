package dev.millrace.app.faults;

import static dev.millrace.app.faults.Violation.Rule.NO_EFFECT_AFTER_THE_END;
import static dev.millrace.app.faults.Violation.Rule.NO_EFFECT_BEFORE_WHAT_IT_DEPENDS_ON;
import static dev.millrace.app.faults.Violation.Rule.NO_EFFECT_DURING_A_PAUSE;
import static dev.millrace.app.faults.Violation.Rule.NO_EFFECT_IS_MISSING;
import static dev.millrace.app.faults.Violation.Rule.NO_EFFECT_UNDER_ANOTHER_KEY;
import static dev.millrace.app.faults.Violation.Rule.NO_EFFECT_WITHOUT_A_RECORD;
import static dev.millrace.app.faults.Violation.Rule.NO_FINISHED_EFFECT_AGAIN;
import static dev.millrace.app.faults.Violation.Rule.NO_REPEAT_WITHOUT_A_FAULT;

import dev.millrace.app.faults.Execution.Transition;
import java.util.List;
import java.util.Map;

/** What the upstream saw of one order, against its answer and its record. Used once, any thread. */
final class EffectRules {
  private final Deaths deaths;
  private final List<Violation> violations;
  private final Answer answer;
  private final Shape shape;
  private final Execution record;
  private final Map<String, List<Call>> calls;

  /**
   * Rules for one order.
   *
   * @param record null where there is none
   * @param calls by service, in the order of time
   */
  EffectRules(
      Deaths deaths,
      List<Violation> violations,
      Answer answer,
      Execution record,
      Map<String, List<Call>> calls) {
    this.deaths = deaths;
    this.violations = violations;
    this.answer = answer;
    this.shape = Shape.named(answer.workflow());
    this.record = record;
    this.calls = calls;
  }

  void judge() {
    for (Step step : shape.steps()) {
      List<Call> ofStep = callsOf(step.id());
      for (Call call : ofStep) {
        depends(step, call);
        if (step.effect()) {
          recorded(step, call);
          key(step, call, ofStep.get(0));
          inTime(call);
        }
      }
      if (step.effect()) {
        repeats(ofStep);
        finished(step, ofStep);
      }
    }
  }

  private List<Call> callsOf(String service) {
    return calls.getOrDefault(service, List.of());
  }

  /** Its start, and every result that it depends on, were written before. */
  private void recorded(Step step, Call call) {
    if (!shape.strict()) {
      return;
    }
    if (record == null || record.transitions().get(0).at() > call.at() + Deaths.CLOCKS) {
      broken(NO_EFFECT_WITHOUT_A_RECORD, call + " came before its start was on record");
      return;
    }
    for (String before : step.after()) {
      Execution.Task task = record.tasks().get(before);
      if (task == null || task.recordedAt() > call.at() + Deaths.CLOCKS) {
        broken(NO_EFFECT_WITHOUT_A_RECORD, call + " came before " + before + " was on record");
      }
    }
  }

  private void key(Step step, Call call, Call first) {
    boolean own = call.key() != null && call.key().endsWith("/" + step.id());
    boolean ofRecord = record == null || (own && call.executionId().equals(record.id()));
    if (!own || !ofRecord || !call.key().equals(first.key())) {
      broken(NO_EFFECT_UNDER_ANOTHER_KEY, call + " and " + first);
    }
  }

  /** Each step that it depends on had answered, and an effect handed in what that answered last. */
  private void depends(Step step, Call call) {
    for (String before : step.after()) {
      List<Call> answered =
          callsOf(before).stream()
              .filter(one -> one.succeeded() && one.answeredAt() <= call.at())
              .filter(one -> !step.effect() || call.presented().contains(one.receipt()))
              .toList();
      if (answered.isEmpty()) {
        broken(NO_EFFECT_BEFORE_WHAT_IT_DEPENDS_ON, call + " came before " + before);
      }
    }
  }

  private void inTime(Call call) {
    long told = answer.toldStatus() == null ? Long.MAX_VALUE : answer.at();
    long ended = record == null || record.endedAt() == 0 ? Long.MAX_VALUE : record.endedAt();
    if (call.at() - Deaths.SLACK > Math.max(Math.min(told, ended), contestedUntil())) {
      broken(NO_EFFECT_AFTER_THE_END, call.toString());
    }
    List<Transition> transitions = record == null ? List.of() : record.transitions();
    for (int i = 0; i + 1 < transitions.size(); i++) {
      if (transitions.get(i).to().equals("Paused")
          && call.at() > transitions.get(i).at() + Deaths.SLACK
          && call.at() < transitions.get(i + 1).at()) {
        broken(NO_EFFECT_DURING_A_PAUSE, call.toString());
      }
    }
  }

  /** Each call but the first is that of a gateway that took over from one that died in between. */
  private void repeats(List<Call> ofStep) {
    List<Transition> takeovers = record == null ? List.of() : record.takeovers();
    if (ofStep.size() - 1 > takeovers.size()) {
      broken(
          NO_REPEAT_WITHOUT_A_FAULT,
          ofStep.size() + " calls, but taken over " + takeovers.size() + " times: " + ofStep);
    }
    for (int i = 1; i < ofStep.size(); i++) {
      Call former = ofStep.get(i - 1);
      Call next = ofStep.get(i);
      if (takeovers.stream().noneMatch(takeover -> explains(takeover, former, next))) {
        broken(NO_REPEAT_WITHOUT_A_FAULT, former + " and then " + next);
      }
    }
  }

  private boolean explains(Transition takeover, Call former, Call next) {
    if (takeover.at() > next.at() + Deaths.SLACK) {
      return false;
    }
    if (deaths.lostLease(takeover, former.at() - Deaths.SLACK)) {
      return true;
    }
    // The dead have no connections.
    return takeover.at() > former.at()
        && deaths.explain(takeover, former.at())
        && former.closedAt() != 0
        && former.closedAt() < next.at() + Deaths.SLACK;
  }

  /** A result that is on record is of the last call: nobody calls again what has a result. */
  private void finished(Step step, List<Call> ofStep) {
    if (record == null || !shape.strict()) {
      return;
    }
    Execution.Task task = record.tasks().get(step.id());
    if (task == null || !task.status().equals("Succeeded")) {
      boolean continued = task != null && task.continued() && !ofStep.isEmpty();
      if (record.status().equals("Succeeded") && !continued) {
        broken(NO_EFFECT_IS_MISSING, "there is no result of " + step.id());
      }
      return;
    }
    if (ofStep.stream().noneMatch(one -> task.receipt().equals(one.receipt()))) {
      broken(NO_EFFECT_IS_MISSING, step.id() + " of " + task + " was never called: " + ofStep);
    } else if (!task.receipt().equals(ofStep.get(ofStep.size() - 1).receipt())
        && contestedUntil() == 0) {
      broken(NO_FINISHED_EFFECT_AGAIN, task + " was called again: " + ofStep);
    }
  }

  /**
   * Until when two gateways may have been at it; 0 when that was never so. A gateway that stood
   * still has calls under way that wait for a connection, and sends them when it goes on.
   */
  private long contestedUntil() {
    return record == null
        ? 0
        : record.takeovers().stream()
            .mapToLong(takeover -> deaths.learned(takeover, record.transitions().get(0).at()))
            .max()
            .orElse(0);
  }

  private void broken(Violation.Rule rule, String what) {
    violations.add(new Violation(rule, answer.order(), what));
  }
}
