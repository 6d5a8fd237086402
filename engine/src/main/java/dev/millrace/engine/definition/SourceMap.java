package dev.millrace.engine.definition;

import dev.millrace.engine.problem.SourcePosition;
import java.util.Map;

/** Where the parts of one resource stand in its text: JSON Pointers to positions. */
public record SourceMap(Map<String, SourcePosition> positions) {
  /** The map of a resource that did not come from a text. */
  public static final SourceMap NONE = new SourceMap(Map.of());

  public SourceMap {
    positions = Map.copyOf(positions);
  }

  /** The position of a pointer, or of its nearest known parent; null when nothing is known. */
  public SourcePosition position(String pointer) {
    String at = pointer;
    while (true) {
      SourcePosition position = positions.get(at);
      if (position != null || at.isEmpty()) {
        return position;
      }
      at = at.substring(0, at.lastIndexOf('/'));
    }
  }
}
