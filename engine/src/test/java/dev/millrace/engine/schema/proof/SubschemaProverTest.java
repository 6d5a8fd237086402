package dev.millrace.engine.schema.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.schema.Json;
import dev.millrace.engine.schema.SchemaView;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubschemaProverTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"properties\": {\"age\": {\"type\": \"integer\"}}, \"type\": \"object\"} | {\"properties\": {\"age\": {\"minimum\": 0}}} | `/age` may be -1, but must be 0 or more",
        "{\"type\": \"object\"} | {\"required\": [\"a\"]} | the value may be {}, which lacks the required property \"a\"",
        "{\"type\": \"object\"} | {\"dependentRequired\": {\"a\": [\"b\"]}} | the value may be {\"a\":null}, which has the property \"a\" without those that go with it",
        "{\"type\": \"array\"} | {\"contains\": {\"type\": \"null\"}} | the value may be [], which has too few items that match \"contains\"",
        "{\"type\": \"array\"} | {\"contains\": {\"type\": \"null\"}, \"minContains\": 0, \"maxContains\": 1} | the value may be [null,null], which has too many items that match \"contains\"",
        "{\"type\": \"array\"} | {\"unevaluatedItems\": false} | the value may be [null], which has more items than are declared",
        "{\"type\": \"object\"} | {\"unevaluatedProperties\": false} | the value may be {\"other\":null}, which has an undeclared property",
      })
  void aRefutationIsExplainedInWords(String sub, String sup, String reason) {
    Proof proof = prove(sub, sup);

    assertThat(proof)
        .isInstanceOfSatisfying(
            Proof.Refuted.class,
            refuted -> assertThat(refuted.reason()).isEqualTo(reason.strip().replace("``", "`")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{\"const\": []} ; {\"maxItems\": 0}",
        "{\"type\": \"array\", \"maxItems\": 0} ; {\"const\": []}",
        "{\"type\": \"object\", \"maxProperties\": 0} ; {\"const\": {}}",
        "{\"type\": \"object\", \"required\": [\"a\"], \"additionalProperties\": {\"const\": 1}, \"maxProperties\": 1} ; {\"const\": {\"a\": 1}}",
        "{\"type\": \"array\", \"items\": {\"type\": \"boolean\"}, \"uniqueItems\": true, \"contains\": {\"const\": true}, \"minContains\": 2} ; false",
        "{\"type\": \"array\", \"contains\": {\"type\": \"integer\"}, \"minContains\": 2} ; {\"contains\": {\"type\": \"number\"}, \"minContains\": 2}",
        "{\"type\": \"array\", \"prefixItems\": [{\"type\": \"string\"}], \"items\": {\"type\": \"null\"}} ; {\"contains\": {\"type\": \"string\"}, \"minContains\": 0, \"maxContains\": 1}",
        "{\"type\": \"string\", \"maxLength\": 0} ; {\"const\": \"\"}",
        "{\"type\": \"string\", \"pattern\": \"a(b|$)\"} ; {\"pattern\": \"ab|a$\"}",
        "{\"type\": \"object\", \"minProperties\": 2, \"properties\": {\"a\": true}, \"additionalProperties\": false} ; false",
        "{\"type\": \"object\", \"patternProperties\": {\"^a\": false}} ; {\"properties\": {\"ab\": false}}",
        "{\"type\": \"integer\", \"multipleOf\": 6} ; {\"multipleOf\": 1.5}",
        "{\"type\": \"number\", \"multipleOf\": 0.1, \"exclusiveMinimum\": 0, \"exclusiveMaximum\": 0.2} ; {\"const\": 0.1}",
        "{\"properties\": {\"a\": true}, \"unevaluatedProperties\": false} ; {\"unevaluatedProperties\": false, \"properties\": {\"a\": true}}",
      })
  void isProved(String sub, String sup) {
    assertThat(prove(sub, sup)).isEqualTo(new Proof.Proved());
  }

  @Test
  void hostileSchemasEndSoon() {
    String names =
        IntStream.range(0, 200)
            .mapToObj(
                i ->
                    "{\"anyOf\":[{\"required\":[\"a%d\"]},{\"required\":[\"b%d\"]},{\"minProperties\":%d}]}"
                        .formatted(i, i, i % 7))
            .collect(Collectors.joining(","));
    String branches =
        IntStream.range(0, 60)
            .mapToObj(
                i ->
                    "{\"properties\":{\"a\":{\"minimum\":%d},\"b\":{\"maximum\":%d}},\"required\":[\"a\",\"b\"]}"
                        .formatted(i, i))
            .collect(Collectors.joining(","));
    String patterns =
        IntStream.range(0, 30)
            .mapToObj(i -> "\"a.*b{%d}.*c\":{\"minimum\":%d}".formatted(i, i))
            .collect(Collectors.joining(","));
    String doubling =
        IntStream.range(0, 80)
            .mapToObj(
                i ->
                    "\"d%d\":{\"anyOf\":[{\"$ref\":\"#/$defs/d%d\"},{\"$ref\":\"#/$defs/d%d\"}]}"
                        .formatted(i, i + 1, i + 1))
            .collect(Collectors.joining(","));
    String chained =
        "{\"$ref\":\"#/$defs/d0\",\"$defs\":{" + doubling + ",\"d80\":{\"type\":\"null\"}}}";

    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          prove(
              "{\"allOf\":[" + names + "]}",
              "{\"anyOf\":[{\"required\":[\"z\"]},{\"maxProperties\":300}]}");
          prove("{\"oneOf\":[" + branches + "]}", "{\"oneOf\":[" + branches + ",true]}");
          prove(
              "{\"patternProperties\":{" + patterns + "},\"additionalProperties\":false}",
              "{\"patternProperties\":{\"ab\":{\"minimum\":8}}}");
          prove(chained, "{\"type\":\"string\"}");
          prove(
              "{\"pattern\":\"(a|b)*a(a|b){12}$\",\"type\":\"string\"}",
              "{\"pattern\":\"(a|b)*b(a|b){11}$\"}");
          prove("{\"type\":\"string\",\"minLength\":2000000000}", "{\"maxLength\":2000000001}");
          prove("{\"type\":\"array\",\"minItems\":2000000000}", "{\"uniqueItems\":true}");
          prove("{\"type\":\"object\",\"minProperties\":2000000000}", "{\"maxProperties\":9}");
        });
  }

  @Test
  void whatCannotBeReadIsUnproved() {
    assertThat(prove("{\"type\": \"string\"}", "{\"pattern\": \"(?=a)\"}"))
        .isInstanceOf(Proof.Unproved.class);
    assertThat(prove("{\"nonsense\": 1, \"type\": \"null\"}", "{\"type\": \"string\"}"))
        .isInstanceOf(Proof.Unproved.class);
  }

  private static Proof prove(String sub, String sup) {
    return SubschemaProver.prove(SchemaView.of(Json.of(sub)), SchemaView.of(Json.of(sup)));
  }
}
