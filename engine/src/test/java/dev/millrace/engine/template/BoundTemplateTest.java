package dev.millrace.engine.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.json.Json;
import dev.millrace.engine.problem.ErrorCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

class BoundTemplateTest {
  private Values scope;

  @BeforeEach
  void values() throws Exception {
    scope =
        new Values(
            Json.read(
                """
                {"s": "text", "n": 1.50, "i": 12345678901234567890, "t": true, "null": null,
                 "o": {"a": {"b": [10, [20]]}, "any name": 1}, "e": []}
                """),
            Json.read("{\"id\":\"u1\"}"),
            null);
  }

  private static BoundTemplate bind(String json) throws Exception {
    TemplateErrors errors = new TemplateErrors();
    Template template = TemplateParser.parse(Json.read(json), errors);
    assertThat(errors.list()).isEmpty();
    return BoundTemplate.bind(template, id -> id.equals("user") ? 0 : id.equals("none") ? 1 : -1);
  }

  private JsonNode render(String json) throws Exception {
    return bind(json).render(scope);
  }

  private static String quote(String text) {
    return Json.toText(StringNode.valueOf(text));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      value = {
        "{{input.s}} | \"text\"",
        "{{input.n}} | 1.50",
        "{{input.i}} | 12345678901234567890",
        "{{input.t}} | true",
        "{{input.null}} | null",
        "{{input.e}} | []",
        "{{input.o.a.b[1][0]}} | 20",
        "{{input.o[\"any name\"]}} | 1",
        "{{tasks.user.output}} | {\"id\":\"u1\"}",
        "{{tasks.user.output.id}} | \"u1\"",
        "{{input.missing ?? 5}} | 5",
        "{{input.null ?? \"x\"}} | \"x\"",
        "{{input.missing ?? null}} | null",
        "{{input.s ?? 5}} | \"text\"",
        "{{input.missing ?? input.n}} | 1.50",
        "{{tasks.none.output.id ?? tasks.user.output.id}} | \"u1\"",
        "{{input.missing ?? input.null}} | null"
      })
  void keeps_the_type_of_a_whole_value(String template, String expected) throws Exception {
    assertThat(render(quote(template))).isEqualTo(Json.read(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "{{input.missing}}",
    "{{input.s.length}}",
    "{{input.s[0]}}",
    "{{input.o[0]}}",
    "{{input.e[0]}}",
    "{{input.o.a.b.first}}",
    "{{input.null.x}}",
    "{{tasks.none.output}}",
    "{{tasks.none.output.id}}",
    "{{input.missing ?? input.missing}}",
    "{{input.null ?? input.missing}}"
  })
  void an_absent_value_renders_as_nothing(String template) throws Exception {
    assertThat(render(quote(template))).isNull();
  }

  @Test
  void absent_values_leave_their_property_out_and_are_null_in_arrays() throws Exception {
    assertThat(
            render(
                "{\"a\":\"{{input.missing}}\",\"b\":[\"{{input.missing}}\",1],\"c\":\"{{input.null}}\"}"))
        .isEqualTo(Json.read("{\"b\":[null,1],\"c\":null}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a {{input.s}} b | a text b",
        "{{input.n}}{{input.i}}{{input.t}} | 1.5012345678901234567890true",
        "/{{input.missing ?? 1e2}} | /100",
        "{{\"{{\"}}{{input.s}} | {{text"
      })
  void puts_values_into_text(String template, String expected) throws Exception {
    assertThat(render(quote(template)).stringValue()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "x{{input.null}}, null",
    "x{{input.o}}, an object",
    "x{{input.e}}, an array",
    "x{{input.missing ?? null}}, null"
  })
  void refuses_other_values_in_text(String template, String kind) throws Exception {
    BoundTemplate bound = bind(quote(template));

    assertThatThrownBy(() -> bound.render(scope))
        .isInstanceOf(RenderException.class)
        .hasMessage(
            "The value of "
                + template.substring(1)
                + " is "
                + kind
                + " and cannot stand in a text");
  }

  @Test
  void refuses_an_absent_value_in_text() throws Exception {
    BoundTemplate bound = bind("\"x{{input.missing}}\"");

    assertThatThrownBy(() -> bound.render(scope))
        .isInstanceOfSatisfying(
            RenderException.class,
            e -> {
              assertThat(e.getMessage()).contains("{{input.missing}} is absent");
              assertThat(e.failure(ErrorCode.InvalidOutput).code())
                  .isEqualTo(ErrorCode.InvalidOutput);
              assertThat(e.getStackTrace()).isEmpty();
            });
  }

  @Test
  void constants_are_shared() throws Exception {
    BoundTemplate constant = bind("{\"a\":[1]}");

    assertThat(constant.isConstant()).isTrue();
    assertThat(constant.render(scope)).isSameAs(constant.render(scope));
    assertThat(bind("\"{{input}}\"").isConstant()).isFalse();
    assertThat(render("\"{{input.o}}\"")).isSameAs(scope.input().get("o"));
  }

  @Test
  void bounds_the_text_of_one_rendering() throws Exception {
    Values large = new Values(StringNode.valueOf("x".repeat(BoundTemplate.MAX_RENDERED_TEXT / 2)));

    assertThat(bind("[\"a{{input}}\",\"b{{input}}\"]").render(large).size()).isEqualTo(2);
    BoundTemplate tooLarge = bind("[\"a{{input}}\",\"b{{input}}\",\"c{{input}}\"]");
    assertThatThrownBy(() -> tooLarge.render(large))
        .isInstanceOf(RenderException.class)
        .hasMessageContaining("{{input}}")
        .hasMessageContaining("1048576");
  }

  @Test
  void a_task_without_a_slot_is_a_fault_of_the_caller() {
    assertThatThrownBy(() -> bind("\"{{tasks.other.output}}\""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void expressions_resolve_on_their_own() {
    BoundExpression id = expression("{{tasks.user.output.id}}");
    BoundExpression missing = expression("{{input.missing}}");
    BoundExpression object = expression("{{input.o}}");

    assertThat(id.resolve(scope)).isEqualTo(StringNode.valueOf("u1"));
    assertThat(id.resolveText(scope)).isEqualTo("u1");
    assertThat(id.text()).isEqualTo("{{tasks.user.output.id}}");
    assertThat(missing.resolve(scope)).isNull();
    assertThat(missing.resolveText(scope)).isNull();
    assertThatThrownBy(() -> object.resolveText(scope)).isInstanceOf(RenderException.class);
  }

  private static BoundExpression expression(String text) {
    Template.Value value = (Template.Value) TemplateParser.parseText(text);
    return BoundExpression.bind(value.expression(), task -> 0);
  }
}
