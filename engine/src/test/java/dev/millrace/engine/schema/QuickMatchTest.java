package dev.millrace.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.OutputFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.StringNode;

class QuickMatchTest {

  private static boolean accepts(String schema, String value) {
    return QuickMatchCompiler.compile(Json.of(schema)).accepts(Json.of(value));
  }

  private static boolean validates(String schema, String value) {
    return ValidatorRegistry.compile(Json.of(schema))
        .validate(ValidatorRegistry.boundedExecution(), Json.of(value), OutputFormat.BOOLEAN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          true                                       | {"a": [1, null]}
          {}                                         | 1.5
          {"description": "x", "x-team": 1}          | true
          {"type": "null"}                           | null
          {"type": ["string", "null"]}               | null
          {"type": "boolean"}                        | false
          {"type": "integer", "minimum": 1}          | 1
          {"type": "integer"}                        | 123456789012345678901234567890
          {"type": "number", "maximum": 2.5}         | 2.5
          {"type": "number"}                         | 7
          {"exclusiveMinimum": 0, "exclusiveMaximum": 1} | 0.5
          {"type": "string", "minLength": 1, "maxLength": 1} | "\\ud83d\\ude00"
          {"type": "string", "pattern": "^a"}        | "ab"
          {"type": "string", "format": "date-time"}  | "2026-11-25T10:00:00Z"
          {"type": "string", "format": "date-time"}  | "2026-11-30T10:00:00+01:00"
          {"type": "string", "format": "uri"}        | "https://example.com/a"
          {"type": "string", "format": "int64"}      | "anything"
          {"enum": ["a", 1, null]}                   | 1
          {"const": {"a": [1]}}                      | {"a": [1]}
          {"enum": [1, 2], "const": 2}               | 2
          {"type": "array", "items": {"type": "string"}, "minItems": 1} | ["a", "b"]
          {"type": "array", "maxItems": 2}           | [1, "b"]
          {"required": ["a"]}                        | {"a": 1, "b": 2}
          {"properties": {"a": {"type": "string"}}}  | {"b": 1}
          {"properties": {"a": {"type": "string"}}, "additionalProperties": false} | {"a": "x"}
          {"properties": {"a": true}, "additionalProperties": {"type": "string"}} | {"a": 1, "b": "x"}
          {"additionalProperties": {"type": "string"}, "minProperties": 1, "maxProperties": 1} | {"a": "x"}
          {"$ref": "#/$defs/a", "title": "t", "$defs": {"a": {"type": "string"}}} | "x"
          """)
  void tellsEverydayValues(String schema, String value) {
    assertThat(accepts(schema, value)).isTrue();
    assertThat(validates(schema, value)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          false                                      | 1
          {"type": "string"}                         | 1
          {"type": ["string", "null"]}               | {}
          {"type": "integer"}                        | 1.5
          {"type": "integer", "minimum": 1}          | 0
          {"exclusiveMaximum": 1}                    | 1
          {"type": "string", "minLength": 2}         | "\\ud83d\\ude00"
          {"maxLength": 1}                           | "ab"
          {"pattern": "^a"}                          | "ba"
          {"format": "date"}                         | "2026-02-30"
          {"format": "date-time"}                    | "2026-11-25T24:00:00Z"
          {"enum": ["a", 1]}                         | "1"
          {"enum": [1, 2], "const": 3}               | 3
          {"items": {"type": "string"}}              | ["a", 1]
          {"minItems": 1}                            | []
          {"maxItems": 1}                            | [1, 2]
          {"required": ["a"]}                        | {"b": 1}
          {"properties": {"a": {"type": "string"}}}  | {"a": 1}
          {"properties": {"a": true}, "additionalProperties": false} | {"a": 1, "b": 1}
          {"required": ["a"], "additionalProperties": false} | {"a": 1}
          {"additionalProperties": {"type": "string"}} | {"a": 1}
          {"minProperties": 1}                       | {}
          {"maxProperties": 1}                       | {"a": 1, "b": 1}
          {"$ref": "#/$defs/a", "$defs": {"a": {"type": "string"}}} | 1
          """)
  void acceptsNothingThatIsNotValid(String schema, String value) {
    assertThat(accepts(schema, value)).isFalse();
    assertThat(validates(schema, value)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"multipleOf": 2}                          | 4
          {"anyOf": [{"type": "string"}]}            | "a"
          {"items": {"uniqueItems": true}}           | [[]]
          {"type": "integer"}                        | 1.0
          {"type": "string", "format": "duration"}   | "P1D"
          {"$ref": "#/$defs/a", "type": "string", "$defs": {"a": true}} | "x"
          {"properties": {"a": {"$ref": "#"}}}       | {"a": {}}
          """)
  void leavesWhatItDoesNotKnowToTheValidator(String schema, String value) {
    assertThat(accepts(schema, value)).isFalse();
    assertThat(validates(schema, value)).isTrue();
  }

  /** Counts may be written as decimals. */
  @Test
  void takesCountsForWhatTheyAre() {
    String schema = "{\"minLength\": 1.0, \"maxLength\": 2.0}";
    assertThat(accepts(schema, "\"ab\"")).isTrue();
    assertThat(accepts(schema, "\"abc\"")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "0000-01-01",
        "0000-01-01T00:00:00Z",
        "2026-11-25",
        "2026-11-25T10:00:00Z",
        "2026-11-31T10:00:00.5+01:00",
        "10:00:00Z",
        "24:00:00Z",
        "10:00:60Z",
        "P1D",
        "a@b.co",
        "a.b-c.d",
        "-a.b",
        "192.0.2.1",
        "2001:db8::1",
        "https://example.com/a?b#c",
        "/a/b c",
        "/a~2",
        "0/a",
        "{a}",
        "/x{?a,b*}",
        "^a+$",
        "(",
        "0b8e6f9e-1111-4222-8333-444455556666",
        "m\u00fcller.example"
      })
  void judgesFormatsAsTheValidatorDoes(String text) {
    String value = StringNode.valueOf(text).toString();
    for (String format : SchemaFormats.ASSERTED) {
      String schema = "{\"format\": \"%s\"}".formatted(format);
      if (SchemaFormats.testOf(format) == null) {
        assertThat(accepts(schema, value)).as(format).isFalse();
      } else {
        assertThat(accepts(schema, value)).as(format).isEqualTo(validates(schema, value));
      }
    }
  }

  @Test
  void isNotLedIntoTheDepthByALongChainOfReferences() {
    StringBuilder definitions = new StringBuilder();
    int length = 3_000;
    for (int i = 0; i < length; i++) {
      definitions.append(
          "\"d%d\": {\"properties\": {\"a\": {\"$ref\": \"#/$defs/d%d\"}}},".formatted(i, i + 1));
    }
    String schema =
        "{\"$ref\": \"#/$defs/d0\", \"$defs\": {%s \"d%d\": true}}".formatted(definitions, length);

    assertThat(accepts(schema, "{\"b\": 1}")).isTrue();
    assertThat(accepts(schema, "{\"a\": {\"a\": {\"b\": 1}}}")).isTrue();
  }
}
