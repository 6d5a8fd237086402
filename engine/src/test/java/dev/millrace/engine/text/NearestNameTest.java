package dev.millrace.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
  private static final List<String> FIELDS =
      List.of("description", "inputSchema", "outputSchema", "http", "timeout", "retry");

  @ParameterizedTest
  @CsvSource({
    "timout, timeout",
    "tiemout, timeout",
    "Timeout, timeout",
    "inputschema, inputSchema",
    "htp, http",
    "htttp, http",
    "retrys, retry",
    "outputSchem, outputSchema"
  })
  void finds_what_was_meant(String written, String meant) {
    assertThat(NearestName.of(written, FIELDS)).isEqualTo(meant);
    assertThat(NearestName.suggestion(written, FIELDS)).isEqualTo("Did you mean `" + meant + "`?");
  }

  @Test
  void lists_few_names_where_none_is_near() {
    assertThat(NearestName.of("bulkhead", FIELDS)).isNull();
    assertThat(NearestName.suggestion("bulkhead", List.of("a", "b")))
        .isEqualTo("Known here: a, b.");
    assertThat(NearestName.suggestion("bulkhead", List.of())).isNull();
  }

  @Test
  void says_nothing_where_many_names_are_far() {
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 13; i++) {
      many.add("name" + i);
    }

    assertThat(NearestName.suggestion("unlike", many)).isNull();
  }

  @Test
  void does_not_compare_long_names() {
    assertThat(NearestName.of("a".repeat(101), List.of("a".repeat(100)))).isNull();
  }

  @ParameterizedTest
  @CsvSource({"abc, abc, 0", "abc, acb, 1", "abc, ab, 1", "ab, abc, 1", "abc, abd, 1", "'', ab, 2"})
  void counts_edits(String left, String right, int distance) {
    assertThat(NearestName.distance(left, right)).isEqualTo(distance);
  }
}
