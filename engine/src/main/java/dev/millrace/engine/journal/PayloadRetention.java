package dev.millrace.engine.journal;

/**
 * What the record keeps of the values of executions. The values of headers that services answered
 * are never recorded, whatever is chosen.
 */
public enum PayloadRetention {
  /** Everything; what is sensitive is masked where it is shown. */
  Full,
  /** Everything but what is sensitive, which goes with the end of the execution. */
  Masked,
  /** Nothing, from the end of the execution on. */
  None
}
