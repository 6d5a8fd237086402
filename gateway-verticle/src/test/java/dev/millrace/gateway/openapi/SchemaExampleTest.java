package dev.millrace.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.json.InvalidJsonException;
import dev.millrace.engine.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaExampleTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"type\":\"object\",\"properties\":{\"userId\":{\"type\":\"string\"}}} | {\"userId\":\"userId\"}",
        "{\"properties\":{\"m\":{\"format\":\"email\",\"type\":\"string\"}}} | {\"m\":\"ada@example.com\"}",
        "{\"type\":\"integer\",\"minimum\":5} | 5",
        "{\"type\":\"integer\",\"exclusiveMinimum\":5} | 6",
        "{\"type\":\"number\",\"maximum\":-3} | -3",
        "{\"type\":\"array\",\"minItems\":2,\"items\":{\"type\":\"boolean\"}} | [true,true]",
        "{\"type\":[\"null\",\"string\"]} | null",
        "{\"enum\":[\"b\"]} | \"b\"",
        "{\"const\":7} | 7",
        "{\"default\":8} | 8",
        "{\"examples\":[9]} | 9",
        "{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"type\":\"boolean\"}}} | true",
        "{\"anyOf\":[{\"type\":\"integer\"},{\"type\":\"string\"}]} | 1",
        "{\"type\":\"string\",\"minLength\":6} | \"textxx\"",
        "{\"type\":\"string\",\"maxLength\":2} | \"te\""
      })
  void showsAValidValue(String schema, String expected) throws InvalidJsonException {
    assertThat(SchemaExample.of(Json.read(schema)).map(Json::toText)).contains(expected);
  }

  @Test
  void showsNothingRatherThanAnInvalidValue() throws InvalidJsonException {
    assertThat(SchemaExample.of(Json.read("{\"type\":\"string\",\"pattern\":\"^[0-9]+$\"}")))
        .isEmpty();
    assertThat(SchemaExample.of(Json.read("{\"type\":\"nonsense\"}"))).isEmpty();
    assertThat(SchemaExample.of(Json.read("{\"$ref\":\"#\",\"type\":\"object\"}"))).isEmpty();
  }
}
