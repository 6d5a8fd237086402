package dev.millrace.engine.schema.proof;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Finds a text of given lengths, patterns and formats; lives for one question of a {@link Search}.
 *
 * <p>Patterns become automata and are intersected. What is not modelled is left out, so the
 * automaton accepts too much: if it accepts nothing, that is certain; an example is tried first.
 */
final class StringSolver {
  private static final int LONGEST = 10_000;

  private final Search search;
  private final Goal goal;
  private final Set<String> patterns = new TreeSet<>();
  private final Set<String> notPatterns = new TreeSet<>();
  private final Set<String> formats = new TreeSet<>();
  private final Set<String> notFormats = new TreeSet<>();
  private final Set<String> excluded = new LinkedHashSet<>();
  private int shortest;
  private int longest = Integer.MAX_VALUE;

  StringSolver(Search search, Goal goal, List<Atom> atoms) {
    this.search = search;
    this.goal = goal;
    atoms.forEach(this::add);
  }

  private void add(Atom atom) {
    if (atom instanceof Atom.SizeAtLeast least) {
      shortest = Math.max(shortest, least.size());
    } else if (atom instanceof Atom.SizeAtMost most) {
      longest = Math.min(longest, most.size());
    } else if (atom instanceof Atom.Matches matches) {
      patterns.add(matches.pattern());
    } else if (atom instanceof Atom.NotMatches not) {
      notPatterns.add(not.pattern());
    } else if (atom instanceof Atom.HasFormat has) {
      formats.add(has.format());
    } else if (atom instanceof Atom.NotFormat not) {
      notFormats.add(not.format());
    } else if (atom instanceof Atom.Differs differs) {
      excluded.add(differs.value().asString());
    }
  }

  Outcome solve() {
    if (shortest > longest || contradictory()) {
      return Outcome.empty();
    }
    if (patterns.isEmpty() && notPatterns.isEmpty() && formats.isEmpty() && notFormats.isEmpty()) {
      return plain();
    }
    for (String format : formats) {
      Outcome outcome = firstOf(FormatLanguages.membersOf(format));
      if (outcome != null) {
        return outcome;
      }
    }
    if (!notFormats.isEmpty()) {
      Outcome outcome = firstOf(FormatLanguages.strangers());
      if (outcome != null) {
        return outcome;
      }
    }
    try {
      return amongAccepted();
    } catch (TooComplexToDeterminizeException tooComplex) {
      return new Outcome.Unknown("the patterns are too complex to compare");
    }
  }

  private boolean contradictory() {
    for (String pattern : patterns) {
      if (notPatterns.contains(pattern)) {
        return true;
      }
    }
    for (String format : formats) {
      for (String not : notFormats) {
        if (FormatLanguages.isWithin(format, not)) {
          return true;
        }
      }
    }
    return false;
  }

  private Outcome plain() {
    if (longest == 0) {
      return excluded.contains("") ? Outcome.empty() : orUnknown(firstOf(List.of("")));
    }
    if (shortest > LONGEST) {
      return new Outcome.Unknown("the texts are too long to find an example");
    }
    List<String> candidates = new ArrayList<>();
    int length = Math.max(shortest, 1);
    for (char letter = 'a'; letter <= 'z'; letter++) {
      candidates.add(String.valueOf(letter).repeat(length));
    }
    for (int i = 0; i <= excluded.size(); i++) {
      candidates.add(Character.toString(0x4E00 + i).repeat(length));
    }
    candidates.add("");
    return orUnknown(firstOf(candidates));
  }

  private static Outcome orUnknown(Outcome outcome) {
    return outcome != null
        ? outcome
        : new Outcome.Unknown("no text was found, and no proof that there is none");
  }

  private Outcome firstOf(List<String> candidates) {
    for (String candidate : candidates) {
      search.budget().spend(1);
      if (!excluded.contains(candidate) && matchesPatterns(candidate)) {
        JsonNode text = StringNode.valueOf(candidate);
        if (search.meets(goal, text)) {
          return new Outcome.Witness(text);
        }
      }
    }
    return null;
  }

  private boolean matchesPatterns(String text) {
    for (String pattern : patterns) {
      if (!PatternLanguage.of(pattern).matches(text)) {
        return false;
      }
    }
    for (String pattern : notPatterns) {
      if (PatternLanguage.of(pattern).matches(text)) {
        return false;
      }
    }
    return true;
  }

  private Outcome amongAccepted() {
    boolean exact = true;
    Automaton accepted = Automata.makeAnyString();
    for (String pattern : patterns) {
      Optional<Automaton> language = search.language(pattern).matching();
      exact &= language.isPresent();
      accepted = narrowed(accepted, language);
    }
    for (String pattern : notPatterns) {
      Optional<Automaton> language = search.language(pattern).failing();
      exact &= language.isPresent();
      accepted = narrowed(accepted, language);
    }
    for (String format : formats) {
      String same = FormatLanguages.patternOf(format);
      exact &= same != null;
      String around = same != null ? same : FormatLanguages.patternAround(format);
      if (around != null) {
        accepted = narrowed(accepted, search.language(around).matching());
      }
    }
    for (String format : notFormats) {
      String same = FormatLanguages.patternOf(format);
      exact &= same != null;
      if (same != null) {
        accepted = narrowed(accepted, search.language(same).failing());
      }
    }
    for (String text : excluded) {
      Automaton without =
          Operations.complement(Automata.makeString(text), PatternLanguage.WORK_LIMIT);
      accepted = narrowed(accepted, Optional.of(without));
    }
    return examplesOf(accepted, exact);
  }

  private Automaton narrowed(Automaton accepted, Optional<Automaton> language) {
    if (language.isEmpty()) {
      return accepted;
    }
    Automaton other = language.get();
    long states = (long) accepted.getNumStates() * other.getNumStates();
    if (states > 100_000) {
      throw new TooComplexToDeterminizeException(accepted, PatternLanguage.WORK_LIMIT);
    }
    search.budget().spend(states / 32);
    Automaton both = Operations.removeDeadStates(Operations.intersection(accepted, other));
    search.budget().spend(1 + both.getNumStates() + both.getNumTransitions());
    return both;
  }

  private Outcome examplesOf(Automaton accepted, boolean exact) {
    if (accepted.getNumStates() == 0 || Operations.isEmpty(accepted)) {
      return Outcome.empty();
    }
    AcceptedTexts texts = new AcceptedTexts(accepted, search.budget());
    List<String> candidates = texts.examples(shortest, longest);
    if (candidates == null) {
      return new Outcome.Unknown("the patterns are too complex to find an example");
    }
    if (candidates.isEmpty()) {
      return Outcome.empty();
    }
    Outcome outcome = firstOf(candidates);
    if (outcome != null) {
      return outcome;
    }
    return new Outcome.Unknown(
        exact
            ? "no text was found, and no proof that there is none"
            : "a format or a pattern of this kind cannot be compared");
  }
}
