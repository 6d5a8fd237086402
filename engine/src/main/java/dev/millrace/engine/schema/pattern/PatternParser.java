package dev.millrace.engine.schema.pattern;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads one ECMA-262 pattern into a tree; lives for one {@link EcmaPattern#parse} on the caller's
 * thread.
 */
final class PatternParser {
  private static final int DEEPEST_GROUP = 50;
  private static final int MOST_REPEATS = 1000;

  private final String text;
  private int at;
  private int depth;

  PatternParser(String text) {
    this.text = text;
  }

  PatternNode parse() throws PatternSyntaxProblem {
    PatternNode node = choice();
    if (at < text.length()) {
      throw problem("a ')' closes nothing");
    }
    return node;
  }

  private PatternNode choice() throws PatternSyntaxProblem {
    List<PatternNode> branches = new ArrayList<>();
    branches.add(sequence());
    while (take('|')) {
      branches.add(sequence());
    }
    return branches.size() == 1 ? branches.get(0) : new PatternNode.Choice(branches);
  }

  private PatternNode sequence() throws PatternSyntaxProblem {
    List<PatternNode> parts = new ArrayList<>();
    while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') {
      parts.add(repeated(atom()));
    }
    return parts.size() == 1 ? parts.get(0) : new PatternNode.Sequence(parts);
  }

  private PatternNode repeated(PatternNode part) throws PatternSyntaxProblem {
    int least;
    int most;
    if (take('*')) {
      least = 0;
      most = -1;
    } else if (take('+')) {
      least = 1;
      most = -1;
    } else if (take('?')) {
      least = 0;
      most = 1;
    } else {
      int[] counts = counts();
      if (counts == null) {
        return part;
      }
      least = counts[0];
      most = counts[1];
    }
    take('?');
    if (part instanceof PatternNode.Start
        || part instanceof PatternNode.End
        || part instanceof PatternNode.Boundary) {
      throw problem("an anchor cannot be repeated");
    }
    if (Math.max(least, most) > MOST_REPEATS) {
      throw problem("a part may be repeated at most " + MOST_REPEATS + " times");
    }
    if (most >= 0 && most < least) {
      throw problem("a repeat ends before it begins");
    }
    return new PatternNode.Repeat(part, least, most);
  }

  /**
   * The counts of {@code {2}}, {@code {2,}} or {@code {2,3}}; null where the brace is a literal.
   */
  private int[] counts() throws PatternSyntaxProblem {
    if (at >= text.length() || text.charAt(at) != '{') {
      return null;
    }
    int close = text.indexOf('}', at);
    if (close < 0) {
      return null;
    }
    String inside = text.substring(at + 1, close);
    int comma = inside.indexOf(',');
    String low = comma < 0 ? inside : inside.substring(0, comma);
    String high = comma < 0 ? inside : inside.substring(comma + 1);
    if (!isDigits(low) || !(isDigits(high) || (comma >= 0 && high.isEmpty()))) {
      return null;
    }
    if (low.length() > 6 || high.length() > 6) {
      throw problem("a part may be repeated at most " + MOST_REPEATS + " times");
    }
    at = close + 1;
    return new int[] {Integer.parseInt(low), high.isEmpty() ? -1 : Integer.parseInt(high)};
  }

  private static boolean isDigits(String part) {
    return !part.isEmpty() && part.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private PatternNode atom() throws PatternSyntaxProblem {
    int character = text.codePointAt(at);
    at += Character.charCount(character);
    return switch (character) {
      case '^' -> new PatternNode.Start();
      case '$' -> new PatternNode.End();
      case '.' -> new PatternNode.Characters(CharacterSet.LINE_END.complement());
      case '(' -> group();
      case '[' -> new PatternNode.Characters(characterClass());
      case '\\' -> escapedAtom();
      case '*', '+', '?' -> throw problem("there is nothing to repeat");
      default -> literal(character);
    };
  }

  private static PatternNode literal(int character) {
    return new PatternNode.Characters(CharacterSet.range(character, character));
  }

  private PatternNode group() throws PatternSyntaxProblem {
    if (++depth > DEEPEST_GROUP) {
      throw problem("groups are nested more than " + DEEPEST_GROUP + " deep");
    }
    if (take('?')) {
      groupModifier();
    }
    PatternNode inside = choice();
    if (!take(')')) {
      throw problem("a '(' is never closed");
    }
    depth--;
    return inside;
  }

  private void groupModifier() throws PatternSyntaxProblem {
    if (take(':')) {
      return;
    }
    if (take('=') || take('!') || text.startsWith("<=", at) || text.startsWith("<!", at)) {
      throw problem("look-ahead and look-behind are not supported, because they can take for ever");
    }
    if (!take('<')) {
      throw problem("only plain, (?:...) and (?<name>...) groups are supported");
    }
    int close = text.indexOf('>', at);
    if (close <= at) {
      throw problem("the name of a group is never closed");
    }
    at = close + 1;
  }

  private PatternNode escapedAtom() throws PatternSyntaxProblem {
    if (at < text.length()) {
      char next = text.charAt(at);
      if (next == 'b' || next == 'B') {
        at++;
        return new PatternNode.Boundary(next == 'B');
      }
      if ((next >= '1' && next <= '9') || next == 'k') {
        throw problem("back-references are not supported, because they can take for ever");
      }
    }
    return new PatternNode.Characters(escape());
  }

  private CharacterSet characterClass() throws PatternSyntaxProblem {
    boolean inverted = take('^');
    List<CharacterSet> parts = new ArrayList<>();
    while (!take(']')) {
      if (at >= text.length()) {
        throw problem("a '[' is never closed");
      }
      CharacterSet low = classMember();
      if (at + 1 < text.length() && text.charAt(at) == '-' && text.charAt(at + 1) != ']') {
        at++;
        CharacterSet high = classMember();
        if (!isSingle(low) || !isSingle(high)) {
          // As in [\w-.]: the hyphen stands for itself.
          parts.addAll(List.of(low, CharacterSet.range('-', '-'), high));
        } else if (low.first(0) > high.first(0)) {
          throw problem("a range of characters is out of order");
        } else {
          parts.add(CharacterSet.range(low.first(0), high.first(0)));
        }
      } else {
        parts.add(low);
      }
    }
    CharacterSet set = CharacterSet.union(parts);
    return inverted ? set.complement() : set;
  }

  private static boolean isSingle(CharacterSet set) {
    return set.size() == 1 && set.first(0) == set.last(0);
  }

  private CharacterSet classMember() throws PatternSyntaxProblem {
    int character = text.codePointAt(at);
    at += Character.charCount(character);
    if (character != '\\') {
      return CharacterSet.range(character, character);
    }
    if (take('b')) {
      return CharacterSet.range('\b', '\b');
    }
    return escape();
  }

  /** The set of an escape whose backslash has been read. */
  private CharacterSet escape() throws PatternSyntaxProblem {
    if (at >= text.length()) {
      throw problem("a backslash ends the pattern");
    }
    int character = text.codePointAt(at);
    at += Character.charCount(character);
    return switch (character) {
      case 'd' -> CharacterSet.DIGIT;
      case 'D' -> CharacterSet.DIGIT.complement();
      case 'w' -> CharacterSet.WORD;
      case 'W' -> CharacterSet.WORD.complement();
      case 's' -> CharacterSet.SPACE;
      case 'S' -> CharacterSet.SPACE.complement();
      case 'p' -> property();
      case 'P' -> property().complement();
      default -> {
        int single = singleEscape(character);
        yield CharacterSet.range(single, single);
      }
    };
  }

  private int singleEscape(int character) throws PatternSyntaxProblem {
    return switch (character) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'f' -> '\f';
      case 'v' -> 0x0B;
      case '0' -> 0;
      case 'x' -> hexadecimal(2);
      case 'u' -> unicodeEscape();
      case 'c' -> controlEscape();
      default -> {
        if (Character.isLetterOrDigit(character)) {
          throw problem("\\" + Character.toString(character) + " is not an escape");
        }
        yield character;
      }
    };
  }

  private int controlEscape() throws PatternSyntaxProblem {
    char letter = at < text.length() ? text.charAt(at) : 0;
    if ((letter < 'a' || letter > 'z') && (letter < 'A' || letter > 'Z')) {
      throw problem("\\c needs a letter");
    }
    at++;
    return letter % 32;
  }

  private int unicodeEscape() throws PatternSyntaxProblem {
    if (take('{')) {
      int close = text.indexOf('}', at);
      if (close < 0 || close - at > 6) {
        throw problem("a \\u{...} is not a code point");
      }
      int value = hexadecimal(close - at);
      at = close + 1;
      if (value > Character.MAX_CODE_POINT) {
        throw problem("a \\u{...} is not a code point");
      }
      return value;
    }
    int first = hexadecimal(4);
    if (Character.isHighSurrogate((char) first) && text.startsWith("\\u", at)) {
      int back = at;
      at += 2;
      int second = hexadecimal(4);
      if (Character.isLowSurrogate((char) second)) {
        return Character.toCodePoint((char) first, (char) second);
      }
      at = back;
    }
    return first;
  }

  private int hexadecimal(int digits) throws PatternSyntaxProblem {
    int value = 0;
    for (int i = 0; i < digits; i++) {
      int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
      if (digit < 0) {
        throw problem("an escape lacks its hexadecimal digits");
      }
      value = value * 16 + digit;
      at++;
    }
    if (digits == 0) {
      throw problem("an escape lacks its hexadecimal digits");
    }
    return value;
  }

  private CharacterSet property() throws PatternSyntaxProblem {
    int close = take('{') ? text.indexOf('}', at) : -1;
    if (close < 0) {
      throw problem("\\p needs a property in braces, such as \\p{L}");
    }
    String name = text.substring(at, close);
    CharacterSet set = UnicodeProperties.named(name);
    if (set == null) {
      throw problem("the character property \"" + name + "\" is not known");
    }
    at = close + 1;
    return set;
  }

  private boolean take(char expected) {
    if (at < text.length() && text.charAt(at) == expected) {
      at++;
      return true;
    }
    return false;
  }

  private PatternSyntaxProblem problem(String message) {
    return new PatternSyntaxProblem(message + " (at character " + at + ")");
  }
}
