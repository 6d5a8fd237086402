package dev.millrace.engine.schema.pattern;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A regular expression of a schema, ready to match in time linear in the text; made when a schema
 * is compiled, immutable and shared by all threads.
 *
 * <p>The syntax is that of ECMA-262 with the {@code u} flag, without look-around and
 * back-references, and a little more lenient about escapes. A match anywhere in the text counts.
 */
public final class EcmaPattern {
  private static final int LONGEST = 2_000;
  private static final int LARGEST = 10_000;

  private final String source;
  private final PatternNode tree;
  private final Pattern matcher;

  private EcmaPattern(String source, PatternNode tree, Pattern matcher) {
    this.source = source;
    this.tree = tree;
    this.matcher = matcher;
  }

  /** Reads a pattern, or says in words what is wrong with it. */
  public static EcmaPattern parse(String source) throws PatternSyntaxProblem {
    if (source.length() > LONGEST) {
      throw new PatternSyntaxProblem("a pattern may be at most " + LONGEST + " characters long");
    }
    PatternNode tree = new PatternParser(source).parse();
    if (tree.unfoldedSize() > LARGEST) {
      throw new PatternSyntaxProblem("the pattern's repeats make it too large");
    }
    StringBuilder translated = new StringBuilder();
    append(translated, tree);
    try {
      return new EcmaPattern(source, tree, Pattern.compile(translated.toString()));
    } catch (PatternSyntaxException refused) {
      throw new PatternSyntaxProblem("the pattern is not supported: " + refused.getDescription());
    }
  }

  /** Whether the pattern is found anywhere in the text. */
  public boolean matches(String text) {
    return matcher.matcher(text).find();
  }

  /** The pattern as its author wrote it. */
  public String source() {
    return source;
  }

  /** The parsed pattern. */
  public PatternNode tree() {
    return tree;
  }

  /** Writes a part in RE2's syntax, spelled out so that no class means something else there. */
  private static void append(StringBuilder out, PatternNode node) {
    if (node instanceof PatternNode.Characters characters) {
      append(out, characters.set());
    } else if (node instanceof PatternNode.Sequence sequence) {
      sequence.parts().forEach(part -> append(out, part));
    } else if (node instanceof PatternNode.Choice choice) {
      String separator = "(?:";
      for (PatternNode branch : choice.branches()) {
        out.append(separator);
        append(out, branch);
        separator = "|";
      }
      out.append(')');
    } else if (node instanceof PatternNode.Repeat repeat) {
      out.append("(?:");
      append(out, repeat.part());
      out.append("){").append(repeat.least()).append(',');
      out.append(repeat.most() < 0 ? "" : Integer.toString(repeat.most())).append('}');
    } else if (node instanceof PatternNode.Start) {
      out.append("\\A");
    } else if (node instanceof PatternNode.End) {
      out.append("\\z");
    } else if (node instanceof PatternNode.Boundary boundary) {
      out.append(boundary.inverted() ? "\\B" : "\\b");
    } else {
      throw new IllegalStateException("unknown pattern node " + node);
    }
  }

  private static void append(StringBuilder out, CharacterSet set) {
    if (set.size() == 0) {
      out.append("[^\\x00-\\x{10FFFF}]");
      return;
    }
    out.append('[');
    for (int i = 0; i < set.size(); i++) {
      appendCharacter(out, set.first(i));
      if (set.last(i) > set.first(i)) {
        out.append('-');
        appendCharacter(out, set.last(i));
      }
    }
    out.append(']');
  }

  private static void appendCharacter(StringBuilder out, int codePoint) {
    out.append("\\x{").append(Integer.toHexString(codePoint)).append('}');
  }

  @Override
  public String toString() {
    return source;
  }
}
