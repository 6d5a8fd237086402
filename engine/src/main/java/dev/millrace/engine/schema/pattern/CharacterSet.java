package dev.millrace.engine.schema.pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A set of Unicode code points as sorted ranges; made by {@link PatternParser}, immutable.
 *
 * <p>The classes are those of ECMA-262, spelled out, because RE2 and ECMA differ in {@code \s} and
 * in the dot.
 */
public final class CharacterSet {
  static final CharacterSet NONE = new CharacterSet(new int[0]);
  static final CharacterSet ALL = range(0, Character.MAX_CODE_POINT);
  static final CharacterSet DIGIT = range('0', '9');
  static final CharacterSet WORD =
      union(List.of(range('a', 'z'), range('A', 'Z'), DIGIT, range('_', '_')));
  static final CharacterSet LINE_END =
      union(List.of(range('\n', '\n'), range('\r', '\r'), range(0x2028, 0x2029)));
  static final CharacterSet SPACE =
      union(
          List.of(
              range('\t', '\r'),
              range(' ', ' '),
              range(0xA0, 0xA0),
              range(0x1680, 0x1680),
              range(0x2000, 0x200A),
              range(0x2028, 0x2029),
              range(0x202F, 0x202F),
              range(0x205F, 0x205F),
              range(0x3000, 0x3000),
              range(0xFEFF, 0xFEFF)));

  private final int[] bounds;

  /** Pairs of first and last, sorted, apart from each other. */
  private CharacterSet(int[] bounds) {
    this.bounds = bounds;
  }

  static CharacterSet range(int first, int last) {
    return new CharacterSet(new int[] {first, last});
  }

  static CharacterSet union(List<CharacterSet> sets) {
    List<int[]> ranges = new ArrayList<>();
    for (CharacterSet set : sets) {
      for (int i = 0; i < set.bounds.length; i += 2) {
        ranges.add(new int[] {set.bounds[i], set.bounds[i + 1]});
      }
    }
    ranges.sort(Comparator.comparingInt(range -> range[0]));
    int[] merged = new int[ranges.size() * 2];
    int length = 0;
    for (int[] range : ranges) {
      if (length > 0 && range[0] <= merged[length - 1] + 1) {
        merged[length - 1] = Math.max(merged[length - 1], range[1]);
      } else {
        merged[length++] = range[0];
        merged[length++] = range[1];
      }
    }
    return new CharacterSet(Arrays.copyOf(merged, length));
  }

  CharacterSet complement() {
    int[] others = new int[bounds.length + 2];
    int length = 0;
    int next = 0;
    for (int i = 0; i < bounds.length; i += 2) {
      if (bounds[i] > next) {
        others[length++] = next;
        others[length++] = bounds[i] - 1;
      }
      next = bounds[i + 1] + 1;
    }
    if (next <= Character.MAX_CODE_POINT) {
      others[length++] = next;
      others[length++] = Character.MAX_CODE_POINT;
    }
    return new CharacterSet(Arrays.copyOf(others, length));
  }

  /** How many ranges there are. */
  public int size() {
    return bounds.length / 2;
  }

  /** The first code point of a range. */
  public int first(int range) {
    return bounds[2 * range];
  }

  /** The last code point of a range. */
  public int last(int range) {
    return bounds[2 * range + 1];
  }
}
