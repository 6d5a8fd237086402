package dev.millrace.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.json.InvalidJsonException;
import dev.millrace.engine.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterConversionTest {
  private static String converted(String schema, String... texts) throws InvalidJsonException {
    String input = "{\"type\":\"object\",\"properties\":{\"p\":" + schema + "}}";
    return Json.toText(ParameterConversion.of(Json.read(input)).convert("p", List.of(texts)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"type\":\"integer\"} | 42 | 42",
        "{\"type\":\"integer\"} | -7 | -7",
        "{\"type\":\"integer\"} | 123456789012345678901234567890 | 123456789012345678901234567890",
        "{\"type\":\"number\"} | 0.10 | 0.10",
        "{\"type\":\"number\"} | 1e2 | 100",
        "{\"type\":\"number\"} | 1e999 | \"1e999\"",
        "{\"type\":\"number\"} | 0x10 | \"0x10\"",
        "{\"type\":\"number\"} | 01 | \"01\"",
        "{\"type\":\"number\"} | NaN | \"NaN\"",
        "{\"type\":\"number\"} | 1 2 | \"1 2\"",
        "{\"type\":\"boolean\"} | true | true",
        "{\"type\":\"boolean\"} | TRUE | \"TRUE\"",
        "{\"type\":\"string\"} | 42 | \"42\"",
        "{\"type\":[\"integer\",\"null\"]} | null | null",
        "{\"type\":[\"integer\",\"string\"]} | 42 | \"42\"",
        "{\"enum\":[1,2,3]} | 2 | 2",
        "{\"const\":true} | true | true",
        "{\"enum\":[null,[1],{}]} | x | [\"x\"]",
        "{\"anyOf\":[{\"type\":\"boolean\"},{\"type\":\"integer\"}]} | 5 | 5",
        "{} | 5 | \"5\"",
        "true | 5 | \"5\"",
        "{\"type\":\"array\",\"items\":{\"type\":\"integer\"}} | 5 | [5]",
        "{\"type\":\"array\"} | 5 | [\"5\"]",
        "{\"type\":\"object\"} | {} | \"{}\""
      })
  void convertsToTheTypesOfTheSchema(String schema, String text, String expected)
      throws InvalidJsonException {
    assertThat(converted(schema, text)).isEqualTo(expected);
  }

  @Test
  void gathersRepeatedParameters() throws InvalidJsonException {
    assertThat(converted("{\"type\":\"array\",\"items\":{\"type\":\"number\"}}", "1", "2.50", "x"))
        .isEqualTo("[1,2.50,\"x\"]");
    assertThat(
            converted(
                "{\"type\":\"array\",\"prefixItems\":[{\"type\":\"boolean\"}],"
                    + "\"items\":{\"type\":\"integer\"}}",
                "true",
                "2"))
        .isEqualTo("[true,2]");
    assertThat(converted("{\"type\":\"integer\"}", "1", "2"))
        .as("the schema will say that it wants one")
        .isEqualTo("[\"1\",\"2\"]");
  }

  @Test
  void followsReferencesAndCombinations() throws InvalidJsonException {
    ParameterConversion conversion =
        ParameterConversion.of(
            Json.read(
                """
                {"$defs": {"id": {"type": "integer"}, "self": {"$ref": "#/$defs/self"},
                           "ids": {"type": "array", "items": {"$ref": "#/$defs/id"}}},
                 "allOf": [{"properties": {"a": {"$ref": "#/$defs/id"}}},
                           {"properties": {"b": {"allOf": [{"$ref": "#/$defs/id"}]}}}],
                 "properties": {"c": {"$ref": "#/$defs/self"}, "d": {"$ref": "#/$defs/ids"},
                                "e": {"$ref": "#/nowhere"}}}
                """));
    assertThat(conversion.convert("a", List.of("1")).isIntegralNumber()).isTrue();
    assertThat(conversion.convert("b", List.of("1")).isIntegralNumber()).isTrue();
    assertThat(conversion.convert("c", List.of("1")).isString()).isTrue();
    assertThat(Json.toText(conversion.convert("d", List.of("1", "2")))).isEqualTo("[1,2]");
    assertThat(conversion.convert("e", List.of("1")).isString()).isTrue();
    assertThat(conversion.convert("unknown", List.of("1")).isString()).isTrue();
  }
}
