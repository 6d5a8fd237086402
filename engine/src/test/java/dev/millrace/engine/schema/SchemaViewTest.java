package dev.millrace.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.json.JsonPointers;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SchemaViewTest {

  @Test
  void aPlaceIsBundledWithWhatItRefersTo() throws InvalidSchemaException {
    JsonNode document =
        Json.of(
            """
            {"properties": {"home": {"title": "Home", "allOf": [{"$ref": "#/$defs/a~1b%25"}],
                                     "patternProperties": {"^x": {"$ref": "#/properties/name"}},
                                     "not": {"$ref": "#"}},
                            "name": {"type": "string"}},
             "$defs": {"a/b%": {"type": "object", "properties": {"city": {"$ref": "#/properties/name"},
                                "next": {"$ref": "#/$defs/a~1b%25"}}}}}
            """);
    SchemaView home = SchemaView.of(document).at(document.get("properties").get("home"));

    JsonNode standalone = home.standalone();

    assertThat(standalone.get("title").asString()).isEqualTo("Home");
    assertThat(standalone.get("allOf").get(0).get("$ref").asString()).isEqualTo("#/$defs/a_1b_");
    assertThat(standalone.get("$defs").propertyNames()).containsExactly("a_1b_", "name", "root");
    CompiledSchema.compile(standalone);
  }

  @Test
  void aPlaceWithoutReferencesStandsForItself() {
    JsonNode document = Json.of("{\"items\": {\"type\": \"string\", \"$defs\": {\"a\": true}}}");

    assertThat(SchemaView.of(document).at(document.get("items")).standalone())
        .isEqualTo(Json.of("{\"type\": \"string\"}"));
    assertThat(SchemaView.of(document).standalone()).isSameAs(document);
    assertThat(SchemaView.of(document).at(Json.of("true")).standalone()).isEqualTo(Json.of("true"));
  }

  @Test
  void pointersAreResolvedAsTheRfcSays() {
    JsonNode document = Json.of("{\"a\": [{\"b/c\": 1, \"~\": 2, \"\": 3}]}");

    assertThat(JsonPointers.find(document, "/a/0/b~1c").intValue()).isEqualTo(1);
    assertThat(JsonPointers.find(document, "/a/0/~0").intValue()).isEqualTo(2);
    assertThat(JsonPointers.find(document, "/a/0/").intValue()).isEqualTo(3);
    assertThat(JsonPointers.find(document, "/a/1")).isNull();
    assertThat(JsonPointers.find(document, "/a/x")).isNull();
    assertThat(JsonPointers.find(document, "/a/")).isNull();
    assertThat(JsonPointers.child("/a", "b/~")).isEqualTo("/a/b~1~0");
    assertThat(JsonPointers.ofLocalReference("#/a%2Fb%zz")).contains("/a/b%zz");
    assertThat(JsonPointers.ofLocalReference("#name")).isEmpty();
  }
}
