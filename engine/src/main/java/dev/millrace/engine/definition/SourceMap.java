package dev.millrace.engine.definition;

import dev.millrace.engine.problem.SourcePosition;
import java.util.Map;

/**
 * Where the parts of one resource stand in its text: JSON Pointers to positions.
 *
 * @param positions of values
 * @param keys of the names of members, by the pointer of the member's value
 */
public record SourceMap(Map<String, SourcePosition> positions, Map<String, SourcePosition> keys) {
  /** The map of a resource that did not come from a text. */
  public static final SourceMap NONE = new SourceMap(Map.of(), Map.of());

  public SourceMap {
    positions = Map.copyOf(positions);
    keys = Map.copyOf(keys);
  }

  /** The position of a pointer, or of its nearest known parent; null when nothing is known. */
  public SourcePosition position(String pointer) {
    String at = pointer;
    while (true) {
      SourcePosition position = positions.get(at);
      if (position != null || at.isEmpty()) {
        return position;
      }
      at = at.substring(0, Math.max(0, at.lastIndexOf('/')));
    }
  }

  /** The position of a member's name; that of its value where the name's is not known. */
  public SourcePosition keyPosition(String pointer) {
    SourcePosition key = keys.get(pointer);
    return key == null ? position(pointer) : key;
  }
}
