package dev.millrace.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.json.InvalidJsonException;
import dev.millrace.engine.json.Json;
import org.junit.jupiter.api.Test;

class SchemaEmbeddingTest {
  @Test
  void movesLocalReferencesAndLeavesDataAlone() throws InvalidJsonException {
    String schema =
        """
        {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "x",
         "properties": {"a": {"$ref": "#/$defs/a"}, "b": {"$ref": "#"}, "$ref": {"type": "string"},
                        "c": {"const": {"$ref": "#/$defs/a"}}, "d": {"$ref": "#anchor"}},
         "allOf": [{"$ref": "#/$defs/a"}], "$defs": {"a": true}}
        """;
    assertThat(Json.toText(SchemaEmbedding.at("#/components/schemas/x", Json.read(schema))))
        .isEqualTo(
            "{\"properties\":{\"a\":{\"$ref\":\"#/components/schemas/x/$defs/a\"},"
                + "\"b\":{\"$ref\":\"#/components/schemas/x\"},\"$ref\":{\"type\":\"string\"},"
                + "\"c\":{\"const\":{\"$ref\":\"#/$defs/a\"}},\"d\":{\"$ref\":\"#anchor\"}},"
                + "\"allOf\":[{\"$ref\":\"#/components/schemas/x/$defs/a\"}],"
                + "\"$defs\":{\"a\":true}}");
    assertThat(SchemaEmbedding.at("#/x", Json.read("true")).booleanValue()).isTrue();
  }
}
