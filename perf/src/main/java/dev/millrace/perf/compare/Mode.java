package dev.millrace.perf.compare;

import java.util.List;
import java.util.Locale;

/**
 * How both contestants keep a record of what they execute. A constant, used on the main thread of
 * {@link Compare}.
 */
enum Mode {
  /** Not at all, without a database. */
  NONE("None", List.of(Shape.values())),
  /** In batches that no caller waits for. */
  BUFFERED("Buffered", List.of(Shape.values())),
  /** With commits around each effect: of the shape that has one in its middle. */
  DURABLE("Durable", List.of(Shape.CHAIN3));

  private final String durability;
  private final List<Shape> shapes;

  Mode(String durability, List<Shape> shapes) {
    this.durability = durability;
    this.shapes = shapes;
  }

  /** The value of a workflow's {@code durability}. */
  String durability() {
    return durability;
  }

  /** What is measured when nobody says. */
  List<Shape> shapes() {
    return shapes;
  }

  boolean isRecorded() {
    return this != NONE;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
