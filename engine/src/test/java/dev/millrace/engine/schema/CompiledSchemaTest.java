package dev.millrace.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.DecimalNode;

class CompiledSchemaTest {

  private static CompiledSchema compile(String schema) {
    try {
      return CompiledSchema.compile(Json.of(schema));
    } catch (InvalidSchemaException unexpected) {
      throw new AssertionError(unexpected.problems().toString(), unexpected);
    }
  }

  private static List<SchemaProblem> problemsOf(String schema) {
    InvalidSchemaException refused =
        catchThrowableOfType(
            InvalidSchemaException.class, () -> CompiledSchema.compile(Json.of(schema)));
    return refused == null ? List.of() : refused.problems();
  }

  @Test
  void everyErrorOfAnInstanceIsReportedAtOnce() {
    CompiledSchema schema =
        compile(
            """
            {"type": "object", "required": ["id", "email"], "additionalProperties": false,
             "properties": {"id": {"type": "integer", "minimum": 1},
                            "email": {"type": "string", "format": "email"},
                            "tags": {"type": "array", "items": {"type": "string"}}}}
            """);

    List<SchemaError> errors =
        schema.validate(Json.of("{\"id\": -5, \"tags\": [1, \"a\", 2], \"other\": 1}"));

    assertThat(errors)
        .extracting(SchemaError::path, SchemaError::keyword)
        .containsExactlyInAnyOrder(
            org.assertj.core.api.Assertions.tuple("/id", "minimum"),
            org.assertj.core.api.Assertions.tuple("/tags/0", "type"),
            org.assertj.core.api.Assertions.tuple("/tags/2", "type"),
            org.assertj.core.api.Assertions.tuple("", "required"),
            org.assertj.core.api.Assertions.tuple("", "additionalProperties"));
    assertThat(errors)
        .extracting(SchemaError::message)
        .contains("must be 1 or more", "lacks the required property \"email\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"multipleOf\": 0.01} | 19.99 | true",
        "{\"multipleOf\": 0.01} | 19.999 | false",
        "{\"multipleOf\": 0.1} | 0.3 | true",
        "{\"type\": \"integer\"} | 1.0 | true",
        "{\"type\": \"integer\"} | 1e3 | true",
        "{\"type\": \"integer\"} | 1.5 | false",
        "{\"type\": \"integer\"} | 123456789012345678901234567890 | true",
        "{\"maximum\": 9007199254740992} | 9007199254740993 | false",
        "{\"maximum\": 0.1} | 0.1000000000000000000000001 | false",
        "{\"const\": 1} | 1.0 | true",
        "{\"enum\": [1.50]} | 1.5 | true",
        "{\"enum\": [{\"a\": 1}]} | {\"a\": 1.0} | true",
        "{\"uniqueItems\": true} | [1, 1.0] | false",
        "{\"minLength\": 2} | \"😀\" | false",
        "{\"format\": \"email\"} | \"nobody\" | false",
        "{\"format\": \"uuid\"} | \"nobody\" | false",
        "{\"format\": \"date\"} | \"2026-02-30\" | false",
        "{\"format\": \"ipv4\"} | \"1.2.3.256\" | false",
        "{\"format\": \"regex\"} | \"(?=a)\" | false",
        "{\"pattern\": \"^a.c$\"} | \"abc\" | true",
        "{\"pattern\": \"b\"} | \"abc\" | true",
        "{\"pattern\": \"^b\"} | \"abc\" | false",
        "{\"patternProperties\": {\"^x\": false}} | {\"xa\": 1} | false",
        "{\"format\": \"int32\"} | \"anything\" | true",
      })
  void validatesExactly(String schema, String instance, boolean accepted) {
    assertThat(compile(schema).accepts(Json.of(instance))).isEqualTo(accepted);
  }

  @Test
  void hugeExponentsCostNothing() {
    CompiledSchema schema =
        compile(
            """
            {"type": "array", "uniqueItems": true, "items": {"type": ["number", "integer"],
             "multipleOf": 0.01, "minimum": -3, "maximum": 5, "enum": [1, 2.50], "const": 1}}
            """);
    JsonNode huge = DecimalNode.valueOf(new BigDecimal("1e400000000"));
    JsonNode tiny = DecimalNode.valueOf(new BigDecimal("1e-400000000"));

    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          JsonNode instance = Json.array(huge, tiny);
          assertThat(schema.accepts(instance)).isFalse();
          assertThat(schema.validate(instance)).isNotEmpty();
        });
  }

  @Test
  void aTypingMistakeIsReportedWithThePlaceAndTheNearestWord() {
    assertThat(problemsOf("{\"properties\": {\"a\": {\"requird\": [\"b\"], \"type\": \"strin\"}}}"))
        .containsExactlyInAnyOrder(
            new SchemaProblem(
                "/properties/a/requird",
                "unknown keyword \"requird\"",
                "did you mean \"required\"?"),
            new SchemaProblem(
                "/properties/a/type", "unknown type \"strin\"", "did you mean \"string\"?"));
  }
}
