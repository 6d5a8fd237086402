package dev.millrace.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.json.Json;
import org.junit.jupiter.api.Test;

class DefinitionDiffTest {
  @Test
  void showsDocumentsAsSortedYaml() throws Exception {
    assertThat(
            DefinitionDiff.text(
                Json.read(
                    "{\"spec\":{\"timeout\":\"2s\",\"list\":[1.5,null,true,12345678901234567890]},\"kind\":\"Workflow\"}")))
        .isEqualTo(
            """
            kind: Workflow
            spec:
              list:
              - 1.5
              - null
              - true
              - 12345678901234567890
              timeout: 2s
            """);
    assertThat(DefinitionDiff.text(null)).isEmpty();
  }

  @Test
  void orderAndSpellingAreNoChange() throws Exception {
    assertThat(
            DefinitionDiff.between(
                Json.read("{\"a\":1.0,\"b\":[]}"), Json.read("{\"b\":[],\"a\":1}")))
        .isEmpty();
  }
}
