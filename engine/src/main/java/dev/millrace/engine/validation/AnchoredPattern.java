package dev.millrace.engine.validation;

/**
 * Takes the anchors off a regular expression that describes a whole text, so that it can stand
 * inside of another one; stateless, used on the validating thread.
 */
final class AnchoredPattern {
  private AnchoredPattern() {}

  /** What stands between {@code ^} and {@code $}; null where the pattern is not of that form. */
  static String inner(String pattern) {
    int last = pattern.length() - 1;
    if (last < 1 || pattern.charAt(0) != '^' || pattern.charAt(last) != '$') {
      return null;
    }
    boolean inClass = false;
    for (int i = 1; i < last; i++) {
      char c = pattern.charAt(i);
      if (c == '\\') {
        i++;
      } else if (inClass) {
        inClass = c != ']';
      } else if (c == '[') {
        inClass = true;
      } else if (c == '^' || c == '$' || c == '|') {
        // An alternative would have an anchor on one side only.
        return null;
      }
      if (i >= last) {
        return null;
      }
    }
    return inClass ? null : pattern.substring(1, last);
  }
}
