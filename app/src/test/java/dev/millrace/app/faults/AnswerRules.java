package dev.millrace.app.faults;

import static dev.millrace.app.faults.Violation.Rule.WHAT_CALLERS_ARE_TOLD_IS_TRUE;
import static dev.millrace.app.faults.Violation.Rule.WHAT_IS_REFUSED_DOES_NOT_RUN;

import java.util.List;
import java.util.Set;

/** What callers were told, against what is on record. Immutable, any thread. */
final class AnswerRules {
  /** The answers that this load may get; anything else is a fault of Millrace. */
  private static final Set<Integer> EXPECTED = Set.of(0, 200, 202, 409, 502, 503);

  private final Deaths deaths;
  private final List<Violation> violations;

  AnswerRules(Deaths deaths, List<Violation> violations) {
    this.deaths = deaths;
    this.violations = violations;
  }

  /**
   * Judges one answer.
   *
   * @param records of its order
   * @param called whether anything was called for its order
   */
  void judge(Answer answer, List<Execution> records, boolean called) {
    if (!EXPECTED.contains(answer.httpStatus())) {
      untrue(answer, "the answer itself is a fault");
    }
    if (records.size() > 1) {
      untrue(answer, "one request became several executions: " + records);
    }
    if (answer.refused() && (called || !records.isEmpty())) {
      violations.add(
          new Violation(WHAT_IS_REFUSED_DOES_NOT_RUN, answer.order(), answer.toString()));
    }
    if (answer.executionId() == null || "JournalFull".equals(answer.code())) {
      return;
    }
    Execution record = records.isEmpty() ? null : records.get(0);
    String difference = difference(answer, record);
    boolean excused =
        !Shape.named(answer.workflow()).strict()
            && deaths.mayLoseWhatWasUnflushed(answer.gateway(), answer.at());
    if (difference != null && !excused) {
      untrue(answer, difference);
    } else if (record != null && Shape.named(answer.workflow()).strict()) {
      onRecord(answer, record);
    }
  }

  /** What a crash right after the answer must not undo is on record before it. */
  private void onRecord(Answer answer, Execution record) {
    String told = answer.toldStatus();
    if (told == null) {
      return;
    }
    long recordedAt = 0;
    if (told.equals("Succeeded")) {
      for (Step step : Shape.named(answer.workflow()).effects()) {
        Execution.Task task = record.tasks().get(step.id());
        recordedAt = Math.max(recordedAt, task == null ? Long.MAX_VALUE : task.recordedAt());
      }
    } else {
      List<Execution.Transition> transitions = record.transitions();
      recordedAt = transitions.get(transitions.size() - 1).at();
    }
    if (recordedAt > answer.at() + Deaths.CLOCKS) {
      untrue(answer, "it was not on record yet");
    }
  }

  private static String difference(Answer answer, Execution record) {
    if (record == null) {
      return "there is no record of it";
    }
    if (!record.id().equals(answer.executionId())) {
      return "the record has another id";
    }
    String told = answer.toldStatus();
    if (told != null && !told.equals(record.status()) && !cancelledAnew(answer, record)) {
      return "the record says " + record.status();
    }
    boolean comparable = answer.output() != null && !cancelledAnew(answer, record);
    if (comparable && !answer.output().equals(record.output())) {
      return "the record says " + record.output();
    }
    return null;
  }

  /**
   * Of a success only the effects are on record when it is answered. Should its gateway die then,
   * another one continues it, and whoever asks for that meanwhile cancels it.
   */
  private static boolean cancelledAnew(Answer answer, Execution record) {
    return "Succeeded".equals(answer.toldStatus())
        && "Cancelled".equals(record.status())
        && record.takeovers().stream().anyMatch(takeover -> takeover.at() > answer.at());
  }

  private void untrue(Answer answer, String what) {
    violations.add(
        new Violation(WHAT_CALLERS_ARE_TOLD_IS_TRUE, answer.order(), what + "; told: " + answer));
  }
}
