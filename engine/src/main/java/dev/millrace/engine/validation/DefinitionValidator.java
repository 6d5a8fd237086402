package dev.millrace.engine.validation;

/**
 * The one validator of webhook, gateway, command line and dashboard; pure, usable on any thread.
 */
public final class DefinitionValidator {
  private DefinitionValidator() {}

  /** Judges the resources together: every problem at once, every edge with its verdict. */
  public static ValidationReport validate(ResourceSet set) {
    return new SetValidation(set, TaskJudgements.NONE).judge();
  }
}
