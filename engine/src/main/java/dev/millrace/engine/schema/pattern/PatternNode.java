package dev.millrace.engine.schema.pattern;

import java.util.List;

/** A part of a parsed pattern; made by {@link PatternParser}, an immutable value. */
public sealed interface PatternNode {

  /** One character out of a set. */
  record Characters(CharacterSet set) implements PatternNode {}

  /** Parts one after the other; none of them: the empty text. */
  record Sequence(List<PatternNode> parts) implements PatternNode {
    public Sequence {
      parts = List.copyOf(parts);
    }
  }

  /** One of several parts. */
  record Choice(List<PatternNode> branches) implements PatternNode {
    public Choice {
      branches = List.copyOf(branches);
    }
  }

  /** A part repeated; {@code most} is -1 where there is no upper limit. */
  record Repeat(PatternNode part, int least, int most) implements PatternNode {}

  /** The beginning of the text. */
  record Start() implements PatternNode {}

  /** The end of the text. */
  record End() implements PatternNode {}

  /** A place between a word character and another one, or the opposite of it. */
  record Boundary(boolean inverted) implements PatternNode {}

  /** How many single-character states the part unfolds to; grows fast with nested repeats. */
  default long unfoldedSize() {
    if (this instanceof Sequence sequence) {
      return sum(sequence.parts());
    }
    if (this instanceof Choice choice) {
      return sum(choice.branches());
    }
    if (this instanceof Repeat repeat) {
      long times = Math.max(1, Math.max(repeat.least(), repeat.most()));
      return Math.min(Integer.MAX_VALUE, repeat.part().unfoldedSize() * times);
    }
    return 1;
  }

  /** Whether the part looks at the text around it. */
  default boolean hasAnchor() {
    if (this instanceof Sequence sequence) {
      return sequence.parts().stream().anyMatch(PatternNode::hasAnchor);
    }
    if (this instanceof Choice choice) {
      return choice.branches().stream().anyMatch(PatternNode::hasAnchor);
    }
    if (this instanceof Repeat repeat) {
      return repeat.part().hasAnchor();
    }
    return !(this instanceof Characters);
  }

  private static long sum(List<PatternNode> nodes) {
    long sum = 1;
    for (PatternNode node : nodes) {
      sum = Math.min(Integer.MAX_VALUE, sum + node.unfoldedSize());
    }
    return sum;
  }
}
