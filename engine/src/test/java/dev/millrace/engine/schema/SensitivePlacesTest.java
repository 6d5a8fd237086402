package dev.millrace.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Finds what schemas mark as sensitive, and masks it. */
class SensitivePlacesTest {
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'writeOnly':true}                                                          | 'a'                 | '***'
          {'x-millrace-sensitive':true}                                               | {'a':1}             | '***'
          {'writeOnly':true}                                                          | null                | null
          {'writeOnly':false,'readOnly':true}                                         | 'a'                 | 'a'
          {'properties':{'p':{'writeOnly':true}}}                                     | {'p':7,'q':8}       | {'p':'***','q':8}
          {'properties':{'p':{'writeOnly':true}}}                                     | ['p']               | ['p']
          {'properties':{'p':{'writeOnly':true}}}                                     | 'p'                 | 'p'
          {'properties':{'p':{'properties':{'q':{'writeOnly':true}}}}}                | {'p':{'q':[1]}}     | {'p':{'q':'***'}}
          {'properties':{'p':{}},'additionalProperties':{'writeOnly':true}}           | {'p':1,'q':2}       | {'p':1,'q':'***'}
          {'patternProperties':{'^s':{'writeOnly':true}}}                             | {'s1':1,'t':2}      | {'s1':'***','t':2}
          {'patternProperties':{'(?=a)':{'writeOnly':true}}}                          | {'s1':1}            | {'s1':'***'}
          {'properties':{'p':{}},'unevaluatedProperties':{'writeOnly':true}}          | {'p':1,'q':2}       | {'p':'***','q':'***'}
          {'items':{'writeOnly':true}}                                                | [1,2]               | ['***','***']
          {'prefixItems':[{},{'writeOnly':true}],'items':{}}                          | [1,2,3]             | [1,'***',3]
          {'prefixItems':[{}],'items':{'writeOnly':true}}                             | [1,2,3]             | [1,'***','***']
          {'contains':{'writeOnly':true}}                                             | [1]                 | ['***']
          {'unevaluatedItems':{'writeOnly':true}}                                     | [1]                 | ['***']
          {'anyOf':[{'type':'string'},{'properties':{'p':{'writeOnly':true}}}]}       | {'p':1}             | {'p':'***'}
          {'allOf':[{'properties':{'p':{}}},{'properties':{'p':{'writeOnly':true}}}]} | {'p':1}             | {'p':'***'}
          {'if':{},'then':{'writeOnly':true}}                                         | 1                   | '***'
          {'dependentSchemas':{'a':{'properties':{'p':{'writeOnly':true}}}}}          | {'p':1}             | {'p':'***'}
          {'$defs':{'k':{'writeOnly':true}},'properties':{'p':{'$ref':'#/$defs/k'}}}  | {'p':1,'q':2}       | {'p':'***','q':2}
          {'properties':{'next':{'$ref':'#'},'p':{'writeOnly':true}}}                 | {'next':{'p':1}}    | {'next':{'p':'***'}}
          {'contentSchema':{'properties':{'p':{'writeOnly':true}}}}                   | 'text'              | '***'
          {'$ref':'#/nowhere','properties':7,'items':true}                            | {'p':1}             | {'p':1}
          true                                                                        | 1                   | 1
          """)
  void masksWhatASchemaMarks(String schema, String value, String masked) {
    SensitivePlaces places = SensitivePlaces.of(json(schema));
    assertThat(places.mask(json(value))).isEqualTo(json(masked));
  }

  @Test
  void costsNothingWhereNothingIsSensitive() {
    JsonNode value = json("{'a':[1,{'b':2}]}");
    SensitivePlaces none = SensitivePlaces.of(json("{'properties':{'a':{'$ref':'#'}}}"));
    assertThat(none.isEmpty()).isTrue();
    assertThat(none.mask(value)).isSameAs(value);
    assertThat(SensitivePlaces.of(json("{'items':{'writeOnly':true}}")).mask(value))
        .isSameAs(value);
    assertThat(SensitivePlaces.WHOLE.mask(null)).isNull();
  }

  @Test
  void followsPaths() {
    SensitivePlaces places =
        SensitivePlaces.of(json("{'properties':{'a':{'items':{'writeOnly':true}}}}"));
    PathStep a = new PathStep.Name("a");
    assertThat(places.at(List.of(a)).isWhole()).isFalse();
    assertThat(places.at(List.of(a, new PathStep.Index(3))).isWhole()).isTrue();
    assertThat(places.at(List.of(a, new PathStep.Index(3), a)).isWhole()).isTrue();
    assertThat(places.at(List.of(new PathStep.Name("b"), a)).isEmpty()).isTrue();
  }

  @Test
  void joinsWhatSeveralSay() {
    SensitivePlaces first =
        SensitivePlaces.ofMembers(Map.of("a", SensitivePlaces.WHOLE, "b", SensitivePlaces.NONE));
    SensitivePlaces second = SensitivePlaces.of(json("{'properties':{'b':{'writeOnly':true}}}"));
    JsonNode value = json("{'a':1,'b':2,'c':[3,4]}");
    assertThat(first.mask(value)).isEqualTo(json("{'a':'***','b':2,'c':[3,4]}"));
    assertThat(first.and(second).mask(value)).isEqualTo(json("{'a':'***','b':'***','c':[3,4]}"));
    assertThat(first.and(SensitivePlaces.NONE)).isSameAs(first);
    assertThat(SensitivePlaces.NONE.and(first)).isSameAs(first);
    assertThat(SensitivePlaces.ofEveryMember().mask(json("{'x':1,'y':{}}")))
        .isEqualTo(json("{'x':'***','y':'***'}"));
    assertThat(
            SensitivePlaces.ofElements(List.of(SensitivePlaces.NONE, SensitivePlaces.WHOLE))
                .mask(json("[1,2,3]")))
        .isEqualTo(json("[1,'***',3]"));
    assertThat(SensitivePlaces.ofElements(List.of(SensitivePlaces.NONE)).isEmpty()).isTrue();
    assertThat(SensitivePlaces.ofElements(List.of(first)).mask(json("{'a':1}")))
        .isEqualTo(json("{'a':1}"));
    assertThat(first.mask(json("[1]"))).isEqualTo(json("[1]"));
  }

  private static JsonNode json(String text) {
    return Json.of(text.replace('\'', '"'));
  }
}
