package dev.millrace.perf.compare;

/** What is compared at a time: one shape under one load. Immutable. */
record Cell(Shape shape, Load load) {

  @Override
  public String toString() {
    return shape.label() + ", " + load.label();
  }
}
