package dev.millrace.engine.schema.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;

/**
 * The character sets of {@code \p{...}}: general categories and scripts; shared by all threads,
 * each set is computed once from the Java runtime's own tables.
 */
final class UnicodeProperties {
  private static final String CATEGORIES =
      "Cn Lu Ll Lt Lm Lo Mn Me Mc Nd Nl No - Zs Zl Zp Cc Cf - Co Cs Pd Ps Pe Pc Po Sm Sc Sk So Pi Pf";
  private static final List<String> BY_TYPE = List.of(CATEGORIES.split(" "));
  private static final Map<String, String> LONG_NAMES =
      Map.ofEntries(
          Map.entry("Letter", "L"),
          Map.entry("Uppercase_Letter", "Lu"),
          Map.entry("Lowercase_Letter", "Ll"),
          Map.entry("Mark", "M"),
          Map.entry("Number", "N"),
          Map.entry("Decimal_Number", "Nd"),
          Map.entry("Punctuation", "P"),
          Map.entry("Symbol", "S"),
          Map.entry("Separator", "Z"),
          Map.entry("Space_Separator", "Zs"),
          Map.entry("Control", "Cc"),
          Map.entry("Other", "C"));
  private static final Map<String, CharacterSet> SETS = new ConcurrentHashMap<>();

  private UnicodeProperties() {}

  /** The set of a property, or null when there is none of that name. */
  static CharacterSet named(String property) {
    int equals = property.indexOf('=');
    if (equals < 0) {
      String category = LONG_NAMES.getOrDefault(property, property);
      boolean known = BY_TYPE.stream().anyMatch(each -> belongs(each, category));
      return known ? SETS.computeIfAbsent(category, UnicodeProperties::ofCategory) : null;
    }
    String kind = property.substring(0, equals);
    String value = property.substring(equals + 1);
    return switch (kind) {
      case "General_Category", "gc" -> named(value);
      case "Script", "sc" -> ofScript(value);
      default -> null;
    };
  }

  private static boolean belongs(String type, String category) {
    return !type.equals("-") && !category.isEmpty() && type.startsWith(category);
  }

  private static CharacterSet ofCategory(String category) {
    return matching(codePoint -> belongs(BY_TYPE.get(Character.getType(codePoint)), category));
  }

  private static CharacterSet ofScript(String name) {
    Character.UnicodeScript script;
    try {
      script = Character.UnicodeScript.forName(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      return null;
    }
    return SETS.computeIfAbsent(
        "sc=" + script, key -> matching(point -> Character.UnicodeScript.of(point) == script));
  }

  private static CharacterSet matching(IntPredicate property) {
    List<CharacterSet> ranges = new ArrayList<>();
    int first = -1;
    for (int point = 0; point <= Character.MAX_CODE_POINT + 1; point++) {
      boolean inside = point <= Character.MAX_CODE_POINT && property.test(point);
      if (inside && first < 0) {
        first = point;
      } else if (!inside && first >= 0) {
        ranges.add(CharacterSet.range(first, point - 1));
        first = -1;
      }
    }
    return CharacterSet.union(ranges);
  }
}
