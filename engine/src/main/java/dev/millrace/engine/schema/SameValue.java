package dev.millrace.engine.schema;

import java.util.Set;

/**
 * The keywords whose schemas judge the very same value as the schema around them; a constant table.
 */
final class SameValue {
  private static final Set<String> APPLIED =
      Set.of("allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas");

  private SameValue() {}

  static boolean isApplied(String keyword) {
    return APPLIED.contains(keyword);
  }
}
