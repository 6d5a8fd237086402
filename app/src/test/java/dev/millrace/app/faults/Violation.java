package dev.millrace.app.faults;

/**
 * A promise that was broken, and by the execution of which order; the order is "" where it is of
 * none.
 */
record Violation(Rule rule, String order, String what) {
  /** What is promised. */
  enum Rule {
    EVERY_EXECUTION_ENDS,
    EVERY_EXECUTION_ENDS_ONCE,
    ONLY_THE_DEAD_ARE_TAKEN_OVER,
    WHAT_CALLERS_ARE_TOLD_IS_TRUE,
    WHAT_IS_REFUSED_DOES_NOT_RUN,
    NO_EFFECT_WITHOUT_A_RECORD,
    NO_EFFECT_IS_MISSING,
    NO_EFFECT_UNDER_ANOTHER_KEY,
    NO_EFFECT_BEFORE_WHAT_IT_DEPENDS_ON,
    NO_FINISHED_EFFECT_AGAIN,
    NO_REPEAT_WITHOUT_A_FAULT,
    NO_EFFECT_AFTER_THE_END,
    NO_EFFECT_DURING_A_PAUSE,
    GATEWAYS_KEEP_RUNNING
  }
}
