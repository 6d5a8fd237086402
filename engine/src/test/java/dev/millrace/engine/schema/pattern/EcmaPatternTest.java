package dev.millrace.engine.schema.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EcmaPatternTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "b; abc; true",
        "^b; abc; false",
        "^a.c$; abc; true",
        "^(?:a|b)+?$; abab; true",
        "^(?<word>\\w+)$; abc; true",
        "^[\\w-.]+$; a-b.c; true",
        "^[^a-c]$; d; true",
        "^[^]$; d; true",
        "[]; d; false",
        "^a{2}$; aa; true",
        "^a{2,}$; aaaa; true",
        "^a{1,2}$; aaa; false",
        "^{a}$; {a}; true",
        "^a{,2}$; a{,2}; true",
        "^a{$; a{; true",
        "^\\u0061\\x62\\u{63}$; abc; true",
        "^\\uD83D\\uDE00$; 😀; true",
        "^\\uD83D\\u0061$; a; false",
        "^\\p{L}\\p{Lu}\\P{L}$; äÄ1; true",
        "^\\p{Letter}\\p{gc=Nd}$; a1; true",
        "^\\p{Script=Greek}$; α; true",
        "^\\cA$; a; false",
        "^\\D\\W\\S$; a-b; true",
        "^\\/\\.\\-$; /.-; true",
        "\\bfoo\\b; a foo b; true",
        "\\Boo; foo; true",
        "^\\t\\n\\r\\f\\v\\0[\\b]$; x; false",
      })
  void matchesAsEcmaScriptDoes(String pattern, String text, boolean matches) throws Exception {
    EcmaPattern parsed = EcmaPattern.parse(pattern);

    assertThat(parsed.matches(text)).isEqualTo(matches);
    assertThat(parsed).hasToString(pattern);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        ")",
        "[a",
        "a**",
        "*a",
        "(?=a)",
        "(?!a)",
        "(?<=a)",
        "(?<!a)",
        "(?i)a",
        "(?<a",
        "\\1",
        "\\k<a>",
        "\\",
        "\\x1",
        "\\u{",
        "\\u{}",
        "\\u{999999}",
        "\\u{1234567}",
        "\\c1",
        "\\p{Nope}",
        "\\p",
        "\\p{sc=Nope}",
        "\\p{nope=L}",
        "\\y",
        "[b-a]",
        "^*",
        "a{2,1}",
        "a{1001}",
        "a{9999999}",
        "((a{1000}){1000})"
      })
  void whatCannotBeUsedIsRefusedWithAReason(String pattern) {
    assertThatThrownBy(() -> EcmaPattern.parse(pattern))
        .isInstanceOf(PatternSyntaxProblem.class)
        .message()
        .isNotBlank();
  }

  @Test
  void lengthAndNestingAreBounded() {
    assertThatThrownBy(() -> EcmaPattern.parse("a".repeat(2_001)))
        .hasMessageContaining("2000 characters");
    assertThatThrownBy(() -> EcmaPattern.parse("(".repeat(60) + ")".repeat(60)))
        .hasMessageContaining("nested");
  }

  @Test
  void noTextTakesForEver() throws Exception {
    EcmaPattern pattern = EcmaPattern.parse("^(a+)+(b|a*)*$");

    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> assertThat(pattern.matches("a".repeat(20_000) + "!")).isFalse());
  }
}
