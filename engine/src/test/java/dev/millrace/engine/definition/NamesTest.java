package dev.millrace.engine.definition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
  @ParameterizedTest
  @CsvSource({
    "a, true, true, true",
    "a-1, true, true, true",
    "1a, true, true, false",
    "a.b, true, false, false",
    "a..b, false, false, false",
    ".a, false, false, false",
    "a., false, false, false",
    "-a, false, false, false",
    "a-, false, false, false",
    "a.-b, false, false, false",
    "A, false, false, false",
    "a_b, false, false, false",
    "é, false, false, false",
    "'', false, false, false"
  })
  void knows_names(String name, boolean subdomain, boolean label, boolean taskId) {
    assertThat(Names.isSubdomain(name)).isEqualTo(subdomain);
    assertThat(Names.isLabel(name)).isEqualTo(label);
    assertThat(Names.isTaskId(name)).isEqualTo(taskId);
  }

  @Test
  void names_are_bounded() {
    assertThat(Names.isLabel("a".repeat(63))).isTrue();
    assertThat(Names.isLabel("a".repeat(64))).isFalse();
    assertThat(Names.isSubdomain("a.".repeat(126) + "a")).isTrue();
    assertThat(Names.isSubdomain("a.".repeat(127) + "a")).isFalse();
  }
}
