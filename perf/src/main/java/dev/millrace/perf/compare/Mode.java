package dev.millrace.perf.compare;

import java.util.List;
import java.util.Locale;

/**
 * How both contestants keep a record of what they execute. A constant, used on the main thread of
 * {@link Compare}.
 */
enum Mode {
  /** Not at all, without a database. */
  NONE("None"),
  /** In batches that no caller waits for. */
  BUFFERED("Buffered"),
  /** With commits around each effect: of the shape that has one in its middle. */
  DURABLE("Durable");

  private final String durability;

  Mode(String durability) {
    this.durability = durability;
  }

  /** The value of a workflow's {@code durability}. */
  String durability() {
    return durability;
  }

  /** What is measured when nobody says. */
  List<Shape> shapes(Settings.Against against) {
    if (against == Settings.Against.BUFFERED) {
      return List.of(Shape.READS3);
    }
    return switch (this) {
      case NONE, BUFFERED -> List.of(Shape.SINGLE, Shape.CHAIN3, Shape.FAN10);
      case DURABLE -> List.of(Shape.CHAIN3);
    };
  }

  boolean isRecorded() {
    return this != NONE;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
