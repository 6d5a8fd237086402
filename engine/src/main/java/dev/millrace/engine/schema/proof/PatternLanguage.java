package dev.millrace.engine.schema.proof;

import dev.millrace.engine.schema.pattern.CharacterSet;
import dev.millrace.engine.schema.pattern.EcmaPattern;
import dev.millrace.engine.schema.pattern.PatternNode;
import dev.millrace.engine.schema.pattern.PatternSyntaxProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;

/**
 * The set of texts that a pattern matches, as a matcher and, where it is possible, as a
 * deterministic automaton; immutable, kept in a bounded cache that all threads share.
 */
final class PatternLanguage {
  static final int WORK_LIMIT = 10_000;
  static final int MOST_STATES = 1_500;
  private static final int MOST_CACHED = 500;
  private static final Map<String, PatternLanguage> CACHE = new LinkedHashMap<>(64, 0.75f, true);

  private final EcmaPattern pattern;

  /** Made when first asked for; two threads may make the same one, which is harmless. */
  private volatile Optional<Automaton> matching;

  private volatile Optional<Automaton> failing;

  private PatternLanguage(EcmaPattern pattern) {
    this.pattern = pattern;
  }

  /** The language of a pattern that was accepted when its schema was checked. */
  static PatternLanguage of(String source) {
    synchronized (CACHE) {
      PatternLanguage known = CACHE.get(source);
      if (known != null) {
        return known;
      }
    }
    PatternLanguage language;
    try {
      language = new PatternLanguage(EcmaPattern.parse(source));
    } catch (PatternSyntaxProblem unchecked) {
      throw new IllegalArgumentException("the pattern was not checked", unchecked);
    }
    synchronized (CACHE) {
      if (CACHE.size() >= MOST_CACHED) {
        CACHE.remove(CACHE.keySet().iterator().next());
      }
      CACHE.put(source, language);
    }
    return language;
  }

  boolean matches(String text) {
    return pattern.matches(text);
  }

  /** The texts that match; absent where the pattern looks around in ways that are not modelled. */
  Optional<Automaton> matching() {
    Optional<Automaton> known = matching;
    if (known == null) {
      known = build(pattern);
      matching = known;
    }
    return known;
  }

  /** The texts that do not match. */
  Optional<Automaton> failing() {
    Optional<Automaton> known = failing;
    if (known == null) {
      known = matching().flatMap(PatternLanguage::complement);
      failing = known;
    }
    return known;
  }

  /** What it costs to make the automaton, in steps of a proof. */
  int cost() {
    return matching().map(automaton -> automaton.getNumStates() * 8).orElse(20_000);
  }

  private static Optional<Automaton> build(EcmaPattern pattern) {
    if (pattern.tree().unfoldedSize() > MOST_STATES) {
      return Optional.empty();
    }
    try {
      return searching(pattern.tree())
          .map(automaton -> Operations.determinize(automaton, WORK_LIMIT))
          .map(Operations::removeDeadStates)
          .filter(automaton -> automaton.getNumStates() <= MOST_STATES);
    } catch (TooComplexToDeterminizeException tooComplex) {
      return Optional.empty();
    }
  }

  private static Optional<Automaton> complement(Automaton automaton) {
    try {
      return Optional.of(Operations.complement(automaton, WORK_LIMIT));
    } catch (TooComplexToDeterminizeException tooComplex) {
      return Optional.empty();
    }
  }

  /** A match anywhere in the text; anchors are understood at the ends of alternatives only. */
  private static Optional<Automaton> searching(PatternNode node) {
    if (node instanceof PatternNode.Choice choice) {
      List<Automaton> all = new ArrayList<>();
      for (PatternNode branch : choice.branches()) {
        Optional<Automaton> automaton = searching(branch);
        if (automaton.isEmpty()) {
          return automaton;
        }
        all.add(automaton.get());
      }
      return Optional.of(Operations.union(all));
    }
    List<PatternNode> parts =
        node instanceof PatternNode.Sequence sequence ? sequence.parts() : List.of(node);
    int from = 0;
    int to = parts.size();
    while (from < to && parts.get(from) instanceof PatternNode.Start) {
      from++;
    }
    while (to > from && parts.get(to - 1) instanceof PatternNode.End) {
      to--;
    }
    boolean fromStart = from > 0;
    boolean toEnd = to < parts.size();
    List<PatternNode> middle = parts.subList(from, to);
    if (middle.size() == 1 && !fromStart && !toEnd && middle.get(0) != node) {
      return searching(middle.get(0));
    }
    if (middle.stream().anyMatch(PatternNode::hasAnchor)) {
      return distributed(middle, fromStart, toEnd);
    }
    List<Automaton> sequence = new ArrayList<>();
    if (!fromStart) {
      sequence.add(Automata.makeAnyString());
    }
    for (PatternNode part : middle) {
      sequence.add(exactly(part));
    }
    if (!toEnd) {
      sequence.add(Automata.makeAnyString());
    }
    return Optional.of(
        sequence.isEmpty() ? Automata.makeEmptyString() : Operations.concatenate(sequence));
  }

  /** As in {@code a(b|$)}: the alternatives of one group are written out, if they are few. */
  private static Optional<Automaton> distributed(
      List<PatternNode> middle, boolean fromStart, boolean toEnd) {
    for (int i = 0; i < middle.size(); i++) {
      boolean atEdge = i == 0 || i == middle.size() - 1;
      if (atEdge && middle.get(i) instanceof PatternNode.Choice choice) {
        List<PatternNode> written = new ArrayList<>();
        for (PatternNode branch : choice.branches()) {
          List<PatternNode> parts = new ArrayList<>();
          if (fromStart) {
            parts.add(new PatternNode.Start());
          }
          parts.addAll(middle.subList(0, i));
          if (branch instanceof PatternNode.Sequence sequence) {
            parts.addAll(sequence.parts());
          } else {
            parts.add(branch);
          }
          parts.addAll(middle.subList(i + 1, middle.size()));
          if (toEnd) {
            parts.add(new PatternNode.End());
          }
          written.add(new PatternNode.Sequence(parts));
        }
        return searching(new PatternNode.Choice(written));
      }
    }
    return Optional.empty();
  }

  private static Automaton exactly(PatternNode node) {
    if (node instanceof PatternNode.Characters characters) {
      return oneOf(characters.set());
    }
    if (node instanceof PatternNode.Sequence sequence) {
      return sequence.parts().isEmpty()
          ? Automata.makeEmptyString()
          : Operations.concatenate(
              sequence.parts().stream().map(PatternLanguage::exactly).toList());
    }
    if (node instanceof PatternNode.Choice choice) {
      return Operations.union(choice.branches().stream().map(PatternLanguage::exactly).toList());
    }
    if (node instanceof PatternNode.Repeat repeat) {
      Automaton part = exactly(repeat.part());
      return repeat.most() < 0
          ? Operations.repeat(part, repeat.least())
          : Operations.repeat(part, repeat.least(), repeat.most());
    }
    throw new IllegalStateException("unexpected pattern node " + node);
  }

  private static Automaton oneOf(CharacterSet set) {
    Automaton automaton = new Automaton();
    int start = automaton.createState();
    int end = automaton.createState();
    automaton.setAccept(end, true);
    for (int i = 0; i < set.size(); i++) {
      automaton.addTransition(start, end, set.first(i), set.last(i));
    }
    automaton.finishState();
    return automaton;
  }
}
