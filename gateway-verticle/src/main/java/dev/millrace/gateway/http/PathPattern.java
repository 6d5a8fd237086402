package dev.millrace.gateway.http;

import java.util.ArrayList;
import java.util.List;

/**
 * A path with {@code {name}} segments, and at most one {@code *} as its last, which takes whatever
 * follows; immutable.
 *
 * @param text as written
 * @param segments literals; null where a parameter stands
 * @param names the parameters' names, in order
 * @param positions the index of the segment of each parameter
 * @param open whether the pattern ends in {@code *}
 */
public record PathPattern(
    String text,
    List<Segment> segments,
    List<String> names,
    List<Integer> positions,
    boolean open) {
  public PathPattern {
    segments = List.copyOf(segments);
    names = List.copyOf(names);
    positions = List.copyOf(positions);
  }

  /** One segment of a pattern: a literal text or the name of a parameter. */
  public record Segment(String text, boolean parameter) {}

  /** Reads a pattern such as {@code /api/v1/workflows/{name}}. */
  public static PathPattern parse(String text) {
    List<Segment> segments = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<Integer> positions = new ArrayList<>();
    boolean open = false;
    for (String part : text.substring(1).split("/", -1)) {
      if (part.equals("*")) {
        open = true;
      } else if (part.startsWith("{") && part.endsWith("}")) {
        names.add(part.substring(1, part.length() - 1));
        positions.add(segments.size());
        segments.add(new Segment(part.substring(1, part.length() - 1), true));
      } else {
        segments.add(new Segment(part, false));
      }
    }
    return new PathPattern(text, segments, names, positions, open);
  }

  /**
   * The value of a parameter in a path that this pattern matched; null where it has no such name.
   */
  String value(RequestPath path, int offset, String name) {
    for (int index = 0; index < positions.size(); index++) {
      if (names.get(index).equals(name)) {
        return path.segment(offset + positions.get(index));
      }
    }
    return null;
  }
}
