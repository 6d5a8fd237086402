package dev.millrace.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class SchemaPathsTest {

  private static final String DOCUMENT =
      """
      {"type": "object", "required": ["user", "lines"],
       "$defs": {"address": {"type": "object", "required": ["city"],
                             "properties": {"city": {"type": "string"}, "zip": {"type": "string"}}}},
       "properties": {
         "user": {"type": "object", "required": ["id", "home"],
                  "properties": {"id": {"type": "integer"}, "nick": {"type": ["string", "null"]},
                                 "home": {"$ref": "#/$defs/address"},
                                 "boss": {"type": ["object", "null"], "required": ["id"],
                                          "properties": {"id": {"type": "integer"}}}}},
         "lines": {"type": "array", "minItems": 1, "items": {"type": "object", "required": ["sku"],
                   "properties": {"sku": {"type": "string"}}}},
         "point": {"type": "array", "prefixItems": [{"type": "number"}], "items": false},
         "labels": {"type": "object", "additionalProperties": {"type": "string"}},
         "headers": {"type": "object", "properties": {"id": true},
                     "patternProperties": {"^x-": {"type": "boolean"}}},
         "anything": {},
         "closed": {"type": "object", "properties": {"a": true}, "additionalProperties": false},
         "forbidden": {"type": "object", "properties": {"a": false}},
         "bare": {"type": "object", "required": ["a"]},
         "listed": {"enum": [{"a": 1}, {"a": 2, "b": 3}]},
         "fixed": {"const": {"a": [1, 2]}},
         "both": {"allOf": [{"$ref": "#/$defs/address"},
                            {"properties": {"city": {"minLength": 1}, "name": {"type": "string"}}}]},
         "either": {"oneOf": [
            {"type": "object", "required": ["kind", "card"], "additionalProperties": false,
             "properties": {"kind": {"const": "card"}, "card": {"type": "string"}}},
            {"type": "object", "required": ["kind", "iban"], "additionalProperties": false,
             "properties": {"kind": {"const": "bank"}, "iban": {"type": "string"}}}]},
         "open": {"anyOf": [{"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]},
                            {"type": "object", "properties": {"b": {"type": "string"}}}]},
         "perhaps": {"anyOf": [{"$ref": "#/$defs/address"}, {"type": "null"}]},
         "conditional": {"type": "object", "properties": {"kind": {"type": "string"}},
                         "if": {"properties": {"kind": {"const": "a"}}},
                         "then": {"required": ["x"], "properties": {"x": {"type": "integer"}}}},
         "dependent": {"type": "object", "properties": {"k": true},
                       "dependentSchemas": {"k": {"properties": {"v": {"type": "integer"}}}}},
         "sealed": {"type": "object", "properties": {"a": true}, "unevaluatedProperties": false},
         "rest": {"type": "object", "properties": {"a": true},
                  "unevaluatedProperties": {"type": "string"}},
         "short": {"type": "array", "maxItems": 2, "items": {"type": "string"}},
         "never": {"allOf": [{"type": "string"}, {"type": "object"}]},
         "refinedBySome": {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}},
                           "anyOf": [{"required": ["a"]}, {"required": ["b"]}]}
       }}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "user.id | {\"type\":\"integer\"} | false",
        "user.nick | {\"type\":[\"string\",\"null\"]} | true",
        "user.home.city | {\"type\":\"string\"} | false",
        "user.home.zip | {\"type\":\"string\"} | true",
        "user.boss.id | {\"type\":\"integer\"} | true",
        "lines[0].sku | {\"type\":\"string\"} | false",
        "lines[1].sku | {\"type\":\"string\"} | true",
        "point[0] | {\"type\":\"number\"} | true",
        "labels.any | {\"type\":\"string\"} | true",
        "headers.x-a | {\"type\":\"boolean\"} | true",
        "anything.a.b | true | true",
        "anything[3] | true | true",
        "bare.a | true | true",
        "listed.a | {\"enum\":[1,2]} | true",
        "listed.b | {\"enum\":[3]} | true",
        "fixed.a[1] | {\"enum\":[2]} | true",
        "both.name | {\"type\":\"string\"} | true",
        "both.city | {\"allOf\":[{\"type\":\"string\"},{\"minLength\":1}]} | true",
        "either.kind | {\"anyOf\":[{\"const\":\"card\"},{\"const\":\"bank\"}]} | true",
        "either.card | {\"type\":\"string\"} | true",
        "open.a | true | true",
        "perhaps.city | {\"type\":\"string\"} | true",
        "conditional.x | true | true",
        "dependent.v | true | true",
        "rest.other | {\"type\":\"string\"} | true",
        "refinedBySome.id | {\"type\":\"integer\"} | true",
      })
  void findsWhatMayStandAtTheEndOfAPath(String path, String schema, boolean mayBeAbsent) {
    SchemaPaths.Step step = resolve(DOCUMENT, path);

    assertThat(step).isInstanceOf(SchemaPaths.Found.class);
    SchemaPaths.Found found = (SchemaPaths.Found) step;
    assertThat(found.schema().node()).isEqualTo(Json.of(schema));
    assertThat(found.mayBeAbsent()).isEqualTo(mayBeAbsent);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "usr | 0 | usr | the schema declares no property \"usr\"",
        "user.mail | 1 | mail | the schema declares no property \"mail\"",
        "user.id.x | 2 | x | the value is of type number, which has no properties",
        "user[0] | 1 | 0 | the value is of type object, which has no items",
        "lines.sku | 1 | sku | the value is of type array, which has no properties",
        "point[1] | 1 | 1 | the schema allows no item 1",
        "short[2] | 1 | 2 | the schema allows no item 2",
        "closed.b | 1 | b | the schema allows no property \"b\"",
        "forbidden.a | 1 | a | the schema allows no property \"a\"",
        "headers.other | 1 | other | the schema declares no property \"other\"",
        "listed.c | 1 | c | the schema allows no property \"c\"",
        "either.paypal | 1 | paypal | the schema allows no property \"paypal\"",
        "open.c | 1 | c | the schema declares no property \"c\"",
        "sealed.b | 1 | b | the schema declares no property \"b\"",
        "never.a | 1 | a | no value is possible here",
      })
  void saysWhichStepLeadsNowhere(String path, int step, String name, String reason) {
    assertThat(resolve(DOCUMENT, path))
        .isInstanceOfSatisfying(
            SchemaPaths.Unknown.class,
            unknown -> {
              assertThat(unknown.stepIndex()).isEqualTo(step);
              assertThat(unknown.name()).isEqualTo(name);
              assertThat(unknown.reason()).isEqualTo(reason);
            });
  }

  @Test
  void namesWhatWouldHaveBeenKnown() {
    SchemaPaths.Unknown unknown = (SchemaPaths.Unknown) resolve(DOCUMENT, "user.mail");

    assertThat(unknown.knownNames()).containsExactly("id", "nick", "home", "boss");
  }

  @Test
  void thePathOfNoStepsIsTheSchemaItself() {
    assertThat(SchemaPaths.resolve(SchemaView.of(Json.of("{\"type\": \"string\"}")), List.of()))
        .isEqualTo(new SchemaPaths.Found(SchemaView.of(Json.of("{\"type\": \"string\"}")), false));
  }

  @Test
  void aRequiredMemberOfARequiredBranchIsThere() {
    String document =
        """
        {"oneOf": [{"type": "object", "required": ["kind"], "properties": {"kind": {"const": 1}}},
                   {"type": "object", "required": ["kind"], "properties": {"kind": {"const": 2}}}]}
        """;

    SchemaPaths.Found found = (SchemaPaths.Found) resolve(document, "kind");

    assertThat(found.mayBeAbsent()).isFalse();
  }

  @Test
  void aSchemaThatRefersToItselfIsFollowedForEver() {
    String document =
        """
        {"$ref": "#/$defs/node", "$defs": {"node": {"type": "object", "required": ["next"],
         "properties": {"next": {"$ref": "#/$defs/node"}, "value": {"type": "string"}}}}}
        """;

    SchemaPaths.Found found = (SchemaPaths.Found) resolve(document, "next.next.next.value");

    assertThat(found.schema().node()).isEqualTo(Json.of("{\"type\": \"string\"}"));
    assertThat(found.mayBeAbsent()).isTrue();
  }

  @Test
  void hugeUnionsEndInSilenceInsteadOfTakingForEver() {
    StringBuilder document = new StringBuilder("{\"$ref\": \"#/$defs/d0\", \"$defs\": {");
    for (int i = 0; i < 60; i++) {
      String next = "{\"$ref\": \"#/$defs/d" + (i + 1) + "\"}";
      document.append("\"d" + i + "\": {\"anyOf\": [" + next + "," + next + "]},");
    }
    document.append("\"d60\": {\"properties\": {\"a\": true}}}}");

    assertThat(resolve(document.toString(), "a")).isInstanceOf(SchemaPaths.Found.class);
  }

  private static SchemaPaths.Step resolve(String document, String path) {
    JsonNode schema = Json.of(document);
    return SchemaPaths.resolve(SchemaView.of(schema), steps(path));
  }

  private static List<PathStep> steps(String path) {
    List<PathStep> steps = new ArrayList<>();
    for (String part : path.replace("[", ".[").split("\\.", -1)) {
      if (part.startsWith("[")) {
        steps.add(new PathStep.Index(Integer.parseInt(part.substring(1, part.length() - 1))));
      } else {
        steps.add(new PathStep.Name(part));
      }
    }
    return steps;
  }
}
