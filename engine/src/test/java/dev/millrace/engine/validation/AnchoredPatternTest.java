package dev.millrace.engine.validation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnchoredPatternTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      nullValues = "none",
      value = {
        "^[a-z]+$ [a-z]+",
        "^[|^$]$ [|^$]",
        "^a\\$b$ a\\$b",
        "^$ ''",
        "^a|b$ none",
        "^(a|b)$ none",
        "^a^b$ none",
        "^a$b$ none",
        "^a\\$ none",
        "^[a$ none",
        "a$ none",
        "^a none",
        "^ none",
      })
  void onlyAPatternOfTheWholeTextHasAnInside(String pattern, String inner) {
    assertThat(AnchoredPattern.inner(pattern)).isEqualTo(inner);
  }
}
