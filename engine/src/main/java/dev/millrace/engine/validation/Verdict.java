package dev.millrace.engine.validation;

/** What the proof says of one edge. */
public enum Verdict {
  PROVED("proved"),
  REFUTED("refuted"),
  UNPROVED("unproved");

  private final String label;

  Verdict(String label) {
    this.label = label;
  }

  /** The name on the wire. */
  public String label() {
    return label;
  }
}
