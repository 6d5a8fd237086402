package dev.millrace.engine.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalJsonTest {
  @Test
  void sorts_names_and_normalises_numbers() throws InvalidJsonException {
    byte[] canonical =
        CanonicalJson.toBytes(Json.read("{\"b\":1.50,\"a\":[{\"d\":1e1,\"c\":2.0}],\"A\":0.0}"));

    assertThat(new String(canonical, StandardCharsets.UTF_8))
        .isEqualTo("{\"A\":0,\"a\":[{\"c\":2,\"d\":10}],\"b\":1.5}");
  }

  @Test
  void the_same_spec_has_the_same_hash() throws InvalidJsonException {
    String hash = VersionHash.of(Json.read("{\"a\":1,\"b\":[true]}"));

    assertThat(hash).matches("sha256:[0-9a-f]{64}");
    assertThat(VersionHash.of(Json.read(" { \"b\": [true], \"a\": 1.0 }"))).isEqualTo(hash);
    assertThat(VersionHash.of(Json.read("{\"a\":1,\"b\":[false]}"))).isNotEqualTo(hash);
    assertThat(VersionHash.of(Json.read("{}")))
        .isEqualTo("sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
  }

  @ParameterizedTest
  @CsvSource({"a, /p/a", "a/b, /p/a~1b", "~, /p/~0", "~1, /p/~01", "'', /p/"})
  void pointers_escape_names(String name, String pointer) {
    assertThat(JsonPointers.child("/p", name)).isEqualTo(pointer);
    assertThat(JsonPointers.unescape(JsonPointers.escape(name))).isEqualTo(name);
  }

  @Test
  void pointers_take_indexes() {
    assertThat(JsonPointers.child("/p", 3)).isEqualTo("/p/3");
  }
}
