package dev.millrace.engine.schema.proof;

/**
 * The work that one proof may still do; owned by its {@link Search}. Schemas come from users, so
 * the bound is on steps, which makes verdicts the same on every machine.
 */
final class Budget {
  private long left;

  Budget(long steps) {
    this.left = steps;
  }

  void spend(long steps) {
    left -= steps;
    if (left < 0) {
      throw new Spent();
    }
  }

  /** The bound was reached; without a stack trace because it is a verdict, not a failure. */
  static final class Spent extends RuntimeException {
    Spent() {
      super("the budget of the proof is spent", null, false, false);
    }
  }
}
