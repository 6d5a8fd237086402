package dev.millrace.engine.problem;

/** How much a {@link Problem} matters: an error keeps a resource from being served. */
public enum Severity {
  ERROR("error"),
  WARNING("warning");

  private final String label;

  Severity(String label) {
    this.label = label;
  }

  /** The name on the wire. */
  public String label() {
    return label;
  }
}
