package dev.millrace.engine.definition;

import dev.millrace.engine.problem.SourcePosition;
import java.util.HashMap;
import java.util.Map;

/** Collects the positions of one document while it is read; used on the reader's thread. */
final class PositionRecorder {
  /**
   * How many characters the pointers of one document may have together. Long names around many
   * values would make them outgrow the text by far; what is left out falls back to its parent.
   */
  private static final int MAX_POINTER_CHARACTERS = 8 * 1024 * 1024;

  private final Map<String, SourcePosition> values = new HashMap<>();
  private final Map<String, SourcePosition> keys = new HashMap<>();
  private final long room;
  private long characters;

  PositionRecorder() {
    this(MAX_POINTER_CHARACTERS);
  }

  private PositionRecorder(long room) {
    this.room = room;
  }

  /** One that forgets everything, for values that are read only to be passed over. */
  static PositionRecorder forgetful() {
    return new PositionRecorder(0);
  }

  void value(String pointer, SourcePosition position) {
    record(values, pointer, position);
  }

  void key(String pointer, SourcePosition position) {
    record(keys, pointer, position);
  }

  /** Whether deeper pointers are still worth making. */
  boolean hasRoom() {
    return characters < room;
  }

  SourceMap map() {
    return new SourceMap(values, keys);
  }

  private void record(
      Map<String, SourcePosition> positions, String pointer, SourcePosition position) {
    if (hasRoom()) {
      characters += pointer.length();
      positions.put(pointer, position);
    }
  }
}
