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
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is wrong with schemas: where, what, and how to mend it. */
class SchemaProblemsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | `` | an object or a boolean |",
        "{\"requird\": [\"a\"]} | /requird | unknown keyword | did you mean \"required\"?",
        "{\"propertys\": {}} | /propertys | unknown keyword | did you mean \"properties\"?",
        "{\"x-millrace-sensitve\": true} | /x-millrace-sensitve | unknown keyword | did you mean",
        "{\"x-millrace-sensitive\": 1} | /x-millrace-sensitive | true or false |",
        "{\"foo\": 1} | /foo | unknown keyword | own keywords begin with \"x-\"",
        "{\"nullable\": true} | /nullable | unknown keyword | \"null\"",
        "{\"dependencies\": {}} | /dependencies | unknown keyword | dependentRequired",
        "{\"type\": \"int\"} | /type | unknown type | did you mean \"integer\"?",
        "{\"type\": \"strng\"} | /type | unknown type | did you mean \"string\"?",
        "{\"type\": \"zzzzzzzzz\"} | /type | unknown type | use one of",
        "{\"type\": []} | /type | a type name |",
        "{\"type\": [\"string\", 3]} | /type/1 | a type name |",
        "{\"type\": [\"string\", \"string\"]} | /type/1 | named twice |",
        "{\"type\": 3} | /type | a type name |",
        "{\"minimum\": \"3\"} | /minimum | a number |",
        "{\"exclusiveMinimum\": true} | /exclusiveMinimum | a number | exclusive bound",
        "{\"multipleOf\": 0} | /multipleOf | greater than 0 |",
        "{\"multipleOf\": -1.5} | /multipleOf | greater than 0 |",
        "{\"minLength\": -1} | /minLength | a whole number |",
        "{\"minLength\": 1.5} | /minLength | a whole number |",
        "{\"minLength\": \"a\"} | /minLength | a whole number |",
        "{\"maxItems\": 99999999999} | /maxItems | a whole number |",
        "{\"required\": true} | /required | different strings | beside",
        "{\"required\": [\"a\", \"a\"]} | /required | different strings |",
        "{\"dependentRequired\": {\"a\": \"b\"}} | /dependentRequired | arrays of different |",
        "{\"dependentRequired\": []} | /dependentRequired | arrays of different |",
        "{\"enum\": []} | /enum | a non-empty array |",
        "{\"uniqueItems\": \"yes\"} | /uniqueItems | true or false |",
        "{\"title\": 3} | /title | a string |",
        "{\"examples\": 3} | /examples | an array |",
        "{\"items\": [{}]} | /items | a schema | prefixItems",
        "{\"allOf\": []} | /allOf | a non-empty array of schemas |",
        "{\"properties\": []} | /properties | an object of schemas |",
        "{\"properties\": {\"a/b\": 3}} | /properties/a~1b | a schema |",
        "{\"pattern\": 3} | /pattern | a regular expression |",
        "{\"pattern\": \"(\"} | /pattern | never closed |",
        "{\"pattern\": \"(?=a)b\"} | /pattern | look-ahead |",
        "{\"pattern\": \"(a)\\\\1\"} | /pattern | back-references |",
        "{\"patternProperties\": {\"[\": true}} | /patternProperties/[ | never closed |",
        "{\"format\": \"e-mail\"} | /format | unknown format | did you mean \"email\"?",
        "{\"format\": \"zzzzzzz\"} | /format | unknown format | x-",
        "{\"format\": 3} | /format | the name of a format |",
        "{\"$ref\": \"http://evil.example/a\"} | /$ref | may not leave | copy",
        "{\"$ref\": \"file:///etc/passwd\"} | /$ref | may not leave | copy",
        "{\"$ref\": \"#name\"} | /$ref | JSON Pointer | write",
        "{\"$ref\": 3} | /$ref | a reference |",
        "{\"$ref\": \"#/$defs/adress\", \"$defs\": {\"address\": true}} | /$ref | nothing at | did you mean \"#/$defs/address\"?",
        "{\"$ref\": \"#/required\", \"required\": [\"a\"]} | /$ref | no schema at |",
        "{\"$ref\": \"#\"} | `` | lead back here |",
        "{\"anyOf\": [{\"$ref\": \"#\"}, true]} | `` | lead back here |",
        "{\"$anchor\": \"a\"} | /$anchor | not supported | #/$defs/name",
        "{\"items\": {\"$id\": \"a\"}} | /items/$id | only at the root |",
        "{\"$schema\": \"http://json-schema.org/draft-07/schema#\"} | /$schema | only JSON Schema 2020-12 |",
        "{\"then\": true} | /then | has no \"if\" |",
        "{\"maxContains\": 1} | /maxContains | has no \"contains\" |",
      })
  void everyMistakeIsReportedWithItsPlace(
      String schema, String path, String message, String suggestion) {
    List<SchemaProblem> problems = problemsOf(Json.of(schema));

    assertThat(problems).isNotEmpty();
    SchemaProblem first = problems.get(0);
    assertThat(first.path()).isEqualTo(path);
    assertThat(first.message()).contains(message);
    if (suggestion != null) {
      assertThat(first.suggestion()).contains(suggestion);
    }
  }

  @Test
  void whatIsStandardIsAccepted() {
    assertThat(
            problemsOf(
                Json.of(
                    """
                    {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "urn:a",
                     "$comment": "c", "title": "t", "description": "d", "default": {"a": [1.5]},
                     "examples": [], "deprecated": false, "readOnly": true, "writeOnly": false,
                     "x-own": {"any": "thing"}, "contentMediaType": "application/json",
                     "contentEncoding": "base64", "contentSchema": true, "definitions": {"a": true},
                     "minLength": 2.0, "format": "int64"}
                    """)))
        .isEmpty();
  }

  @Test
  void contentKeywordsOnlyDescribe() throws InvalidSchemaException {
    CompiledSchema schema =
        CompiledSchema.compile(
            Json.of(
                "{\"contentMediaType\": \"application/json\", \"contentEncoding\": \"base64\"}"));

    assertThat(schema.accepts(Json.of("\"{\""))).isTrue();
  }

  @Test
  void everyProblemIsReportedAtOnce() {
    JsonNode schema = Json.of("{\"type\": \"x\", \"properties\": {\"a\": 3}, \"foo\": 1}");

    assertThat(problemsOf(schema)).hasSize(3);
    assertThat(new InvalidSchemaException(problemsOf(schema)))
        .hasMessageContaining("/type: unknown type \"x\" (and 2 more)");
  }

  @Test
  void depthAndSizeAreBounded() {
    JsonNode deep = Json.of("{\"not\": true}");
    for (int i = 0; i < 70; i++) {
      deep = JsonNodeFactory.instance.objectNode().set("not", deep);
    }
    ObjectNode members = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < 10_001; i++) {
      members.put("a" + i, true);
    }

    assertThat(problemsOf(deep).get(0).message()).contains("64 deep");
    assertThat(problemsOf(JsonNodeFactory.instance.objectNode().set("properties", members)))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("10000 parts"));
  }

  @Test
  void hugeNumbersAreRefused() {
    JsonNode huge = DecimalNode.valueOf(new BigDecimal("1e400000000"));
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          for (String keyword : List.of("minimum", "multipleOf", "const", "default", "maxLength")) {
            ObjectNode schema = JsonNodeFactory.instance.objectNode().set(keyword, huge);
            assertThat(problemsOf(schema)).as(keyword).isNotEmpty();
          }
          assertThat(problemsOf(Json.of("{\"enum\": [[1" + "0".repeat(500) + "]]}"))).isNotEmpty();
        });
  }

  @Test
  void longChainsOfReferencesAreRefused() {
    StringBuilder schema =
        new StringBuilder("{\"$ref\": \"#/$defs/a0\", \"$defs\": {\"end\": true");
    for (int i = 0; i < 1_000; i++) {
      String next = i == 999 ? "end" : "a" + (i + 1);
      schema.append(", \"a" + i + "\": {\"$ref\": \"#/$defs/" + next + "\"}");
    }

    assertThat(problemsOf(Json.of(schema + "}}")).get(0).message()).contains("too long");
  }

  @Test
  void manyProblemsAreCutOff() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < 500; i++) {
      schema.put("unknown-" + i, true);
    }

    assertThat(problemsOf(schema)).hasSize(100);
  }

  private static List<SchemaProblem> problemsOf(JsonNode schema) {
    InvalidSchemaException refused =
        catchThrowableOfType(InvalidSchemaException.class, () -> CompiledSchema.compile(schema));
    return refused == null ? List.of() : refused.problems();
  }
}
