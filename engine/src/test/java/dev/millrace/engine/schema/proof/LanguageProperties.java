package dev.millrace.engine.schema.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.schema.pattern.EcmaPattern;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.CharacterRunAutomaton;
import org.junit.jupiter.api.Test;

/** What the proof believes of patterns and formats, held against what the validator does. */
class LanguageProperties {
  private static final List<String> PARTS =
      List.of(
          "a", "b", "\\d", "[a-c]", "[^a]", ".", "\\w", "\\s", "(a|b)", "(ab|)", "(x?)", "(^a|b$)");
  private static final List<String> SUFFIXES =
      List.of("", "", "", "*", "+", "?", "{2}", "{1,3}", "{0,}");
  private static final String LETTERS = "aabbcx01 _-\n\u2028é";

  @Property(
      tries = 3000,
      seed = "20261125",
      edgeCases = EdgeCasesMode.NONE,
      shrinking = ShrinkingMode.OFF)
  void automataAcceptWhatTheMatcherMatches(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    String source = pattern(random);
    EcmaPattern pattern = EcmaPattern.parse(source);
    PatternLanguage language = PatternLanguage.of(source);
    Optional<Automaton> matching = language.matching();
    Optional<Automaton> failing = language.failing();
    if (matching.isEmpty() || failing.isEmpty()) {
      return;
    }
    CharacterRunAutomaton accepts = new CharacterRunAutomaton(matching.get());
    CharacterRunAutomaton rejects = new CharacterRunAutomaton(failing.get());

    for (int i = 0; i < 40; i++) {
      String text = text(random);
      assertThat(accepts.run(text)).as("%s on '%s'", source, text).isEqualTo(pattern.matches(text));
      assertThat(rejects.run(text))
          .as("%s on '%s'", source, text)
          .isNotEqualTo(pattern.matches(text));
    }
  }

  @Property(
      tries = 3000,
      seed = "20261126",
      edgeCases = EdgeCasesMode.NONE,
      shrinking = ShrinkingMode.OFF)
  void formatsAreWithinWhatIsBelievedOfThem(@ForAll long seed) {
    Random random = new Random(seed);
    for (Map.Entry<String, List<String>> each : formats().entrySet()) {
      String text = mutated(random, each.getValue().get(random.nextInt(each.getValue().size())));
      for (String format : formats().keySet()) {
        if (!FormatLanguages.accepts(format, text)) {
          continue;
        }
        String around = FormatLanguages.patternAround(format);
        assertThat(around == null || PatternLanguage.of(around).matches(text))
            .as("%s '%s'", format, text)
            .isTrue();
        for (String other : formats().keySet()) {
          if (FormatLanguages.isWithin(format, other)) {
            assertThat(FormatLanguages.accepts(other, text))
                .as("%s within %s: '%s'", format, other, text)
                .isTrue();
          }
        }
      }
    }
  }

  @Test
  void theKnownMembersOfEveryFormatAreMembers() {
    formats()
        .forEach(
            (format, members) ->
                members.forEach(
                    member ->
                        assertThat(FormatLanguages.accepts(format, member))
                            .as("%s '%s'", format, member)
                            .isTrue()));
  }

  private static Map<String, List<String>> formats() {
    return FormatLanguages.allMembers();
  }

  private static String pattern(Random random) {
    StringBuilder pattern = new StringBuilder(random.nextInt(3) == 0 ? "^" : "");
    int parts = random.nextInt(4);
    for (int i = 0; i <= parts; i++) {
      String part = PARTS.get(random.nextInt(PARTS.size()));
      pattern.append(part);
      if (!part.contains("^a|")) {
        pattern.append(SUFFIXES.get(random.nextInt(SUFFIXES.size())));
      }
      if (random.nextInt(6) == 0) {
        pattern.append(random.nextBoolean() ? "|" : "$|^");
      }
    }
    return pattern.append(random.nextInt(3) == 0 ? "$" : "").toString();
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(7);
    for (int i = 0; i < length; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }

  private static String mutated(Random random, String text) {
    StringBuilder copy = new StringBuilder(text);
    int changes = random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      char letter = "aZ09:/?#@.-+ []{}%_é\n\"T".charAt(random.nextInt(23));
      int at = copy.isEmpty() ? 0 : random.nextInt(copy.length());
      switch (random.nextInt(3)) {
        case 0 -> copy.insert(at, letter);
        case 1 -> copy.replace(at, Math.min(copy.length(), at + 1), String.valueOf(letter));
        default -> copy.replace(at, Math.min(copy.length(), at + 1), "");
      }
    }
    return copy.toString();
  }
}
